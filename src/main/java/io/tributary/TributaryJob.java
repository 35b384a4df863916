package io.tributary;

import io.tributary.aggregate.Aggregates;
import io.tributary.catalog.Catalogs;
import io.tributary.config.AggregateOptions;
import io.tributary.config.Arguments;
import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigOrigin;
import io.tributary.config.EffectiveConfig;
import io.tributary.config.RegistryOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterSinks;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.DecodeFunction;
import io.tributary.debezium.Decoding;
import io.tributary.format.WireDecoders;
import io.tributary.lake.LakeSink;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.preflight.CheckpointSettings;
import io.tributary.preflight.Finding;
import io.tributary.preflight.Preflight;
import io.tributary.preflight.PreflightReport;
import io.tributary.process.JobClasses;
import io.tributary.source.KafkaClientProperties;
import io.tributary.source.RawRecord;
import io.tributary.source.Sources;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job's main class: loads the configuration, checks it, composes the job, and executes it. */
public final class TributaryJob {
    private static final Logger LOG = LoggerFactory.getLogger(TributaryJob.class);
    private static final String NAME = "tributary";

    private TributaryJob() {}

    /** @param args see {@link Arguments#USAGE} */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        if (!answer(arguments, System.out)) {
            TributaryConfig config = load(arguments);
            StreamExecutionEnvironment env = environment();
            LOG.info("Tributary {} with\n{}", version(), EffectiveConfig.describe(config));
            log(check(config, env));
            compose(env, config);
            env.execute(NAME);
        }
    }

    /** Adds the whole job to the environment. */
    public static void compose(StreamExecutionEnvironment env, TributaryConfig config) {
        compose(env, config, HudiTables::of);
    }

    /** As {@link #compose(StreamExecutionEnvironment, TributaryConfig)}, with other tables behind the lake. */
    public static void compose(StreamExecutionEnvironment env, TributaryConfig config, LakeTablesProvider tables) {
        env.getConfig().disableGenericTypes();
        DataStream<RawRecord> records = Sources.stream(env, config);
        SingleOutputStreamOperator<ChangeEvent> changes = Decoding.attach(records, config);
        DataStream<DeadLetter> unwritten = LakeSink.attach(changes, config, tables, Catalogs.of(config));
        Optional<DataStream<DeadLetter>> uncounted =
                Aggregates.attach(changes, config, KafkaClientProperties.producer(config, AggregateOptions.GROUP));
        DataStream<DeadLetter> letters =
                changes.getSideOutput(DecodeFunction.DEAD_LETTERS).union(unwritten);
        DeadLetterSinks.attach(uncounted.map(letters::union).orElse(letters), config);
    }

    /** The checks of what the job needs of the systems around it, with the environment's checkpoints. */
    public static Preflight preflight(TributaryConfig config, StreamExecutionEnvironment env) {
        return Preflight.of(
                config,
                CheckpointSettings.of(
                        env.getCheckpointConfig(),
                        env.getConfiguration(),
                        ConfigOrigin.ofProcess().isManagedService()));
    }

    /** Flink gives the classes that the main method runs with up when it has ended. */
    private static PreflightReport check(TributaryConfig config, StreamExecutionEnvironment env)
            throws InterruptedException {
        try {
            return preflight(config, env).run();
        } finally {
            JobClasses.release();
        }
    }

    /** The job starts in any case: it waits by itself for what is not there yet, and says so again. */
    private static void log(PreflightReport report) {
        if (report.count(Finding.Level.WARN) + report.count(Finding.Level.FAIL) == 0) {
            LOG.info("{}", report);
        } else {
            LOG.warn("{}", report);
        }
    }

    /**
     * @return whether the arguments ask for a text only, which then is printed
     * @throws io.tributary.preflight.PreflightFailedException where a check has failed, after the page is printed
     */
    static boolean answer(Arguments arguments, PrintStream out) throws InterruptedException {
        switch (arguments.action()) {
            case HELP:
                out.println(Arguments.USAGE);
                return true;
            case VERSION:
                out.println("tributary " + version());
                return true;
            case CHECK:
                TributaryConfig config = load(arguments);
                StreamExecutionEnvironment env = environment();
                out.print(EffectiveConfig.describe(config));
                PreflightReport report = check(config, env);
                out.print(report);
                report.requireNoFailure();
                return true;
            default:
                return false;
        }
    }

    /** @throws io.tributary.config.ConfigException with every problem there is */
    public static TributaryConfig load(Arguments arguments) {
        return ConfigLoader.load(
                arguments, config -> WireDecoders.create(config.group(RegistryOptions.GROUP)), Aggregates::specs);
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        CheckpointChecks.refuseUnaligned(env.getCheckpointConfig());
        CheckpointChecks.enableByDefault(env, ConfigOrigin.ofProcess().isManagedService());
        return env;
    }

    private static String version() {
        String version = TributaryJob.class.getPackage().getImplementationVersion();
        return version == null ? "(development build)" : version;
    }
}
