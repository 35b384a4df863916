package io.tributary.local.demo;

import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.source.RawRecord;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.LoggerFactory;

/** Sells and lists tickets while the demo runs: inserts, updates and deletes of two tables at a steady rate. */
final class LiveShop implements AutoCloseable {
    private static final String SALE = "tickit.ecomm.sale";
    private static final String LISTING = "tickit.ecomm.listing";
    private static final DateTimeFormatter SALE_TIME = DateTimeFormatter.ofPattern("M/d/yyyy HH:mm:ss");
    private static final int TICKS_PER_SECOND = 10;

    private final Random random = new Random(1);
    private final LiveTable sales;
    private final LiveTable listings;
    private final Producer<byte[], byte[]> producer;
    private final int changesPerTick;
    private final AtomicLong sent = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-shop");
        thread.setDaemon(true);
        return thread;
    });

    LiveShop(Recording recording, String bootstrapServers, int changesPerSecond) {
        sales = new LiveTable(recording, SALE, "salesid", LiveShop::sell, random);
        listings = new LiveTable(recording, LISTING, "listid", LiveShop::list, random);
        producer = RecordingLoader.producer(bootstrapServers);
        changesPerTick = Math.max(1, changesPerSecond / TICKS_PER_SECOND);
    }

    void open() {
        clock.scheduleAtFixedRate(this::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /** @return messages so far */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }

    private void tick() {
        try {
            for (int i = 0; i < changesPerTick; i++) {
                LiveTable table = random.nextInt(4) == 0 ? listings : sales;
                List<RawRecord> messages = table.change(System.currentTimeMillis());
                for (RawRecord message : messages) {
                    producer.send(byKey(message));
                    sent.incrementAndGet();
                }
            }
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(LiveShop.class).error("The live changes have ended", e);
            throw e;
        }
    }

    /** The producer chooses the partition by the key, as Kafka Connect did for the recording. */
    private static ProducerRecord<byte[], byte[]> byKey(RawRecord message) {
        ProducerRecord<byte[], byte[]> placed =
                new ProducerRecord<>(message.topic(), null, message.timestamp(), message.key(), message.value());
        for (int i = 0; i < message.headers().size(); i++) {
            placed.headers().add(message.headers().name(i), message.headers().value(i));
        }
        return placed;
    }

    private static void sell(GenericRecord sale, Random random) {
        int tickets = 1 + random.nextInt(8);
        double price = (20_00 + random.nextInt(300_00)) * tickets / 100.0;
        sale.put("qtysold", tickets);
        sale.put("pricepaid", price);
        sale.put("commission", Math.round(price * 15) / 100.0);
        sale.put("saletime", LocalDateTime.now(ZoneOffset.UTC).format(SALE_TIME));
    }

    private static void list(GenericRecord listing, Random random) {
        int tickets = 1 + random.nextInt(30);
        double price = (20_00 + random.nextInt(300_00)) / 100.0;
        listing.put("numtickets", tickets);
        listing.put("priceperticket", price);
        listing.put("totalprice", Math.round(price * tickets * 100) / 100.0);
        listing.put("updated_at", System.currentTimeMillis() * 1_000);
    }
}
