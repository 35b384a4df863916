package io.tributary.catalog;

import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import io.tributary.aws.GlueApi;
import io.tributary.config.CatalogOptions;
import io.tributary.config.ThriftAddress;
import io.tributary.config.TributaryConfig;
import io.tributary.http.Backoff;
import io.tributary.http.HttpTransport;
import io.tributary.lake.commit.CommitListenerProvider;
import io.tributary.lake.commit.StoredTables;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/** Makes what the group {@code Catalog} says. */
public final class Catalogs {
    /** A request that Glue throttles is repeated so often within one synchronisation. */
    private static final int GLUE_ATTEMPTS = 5;

    private Catalogs() {}

    /** @return a listener that keeps the catalogue in step; one that hears nothing where there is no catalogue */
    public static CommitListenerProvider of(TributaryConfig config) {
        Configuration group = config.group(CatalogOptions.GROUP);
        if (group.get(CatalogOptions.TYPE) == CatalogOptions.Type.NONE) {
            return CommitListenerProvider.NONE;
        }
        return (layout, metrics) -> {
            TableSync sync = new TableSync(catalog(group), new StoredTables(layout), new CatalogNames(config));
            Backoff backoff = new Backoff(
                    Integer.MAX_VALUE,
                    group.get(CatalogOptions.RETRY_DELAY),
                    group.get(CatalogOptions.RETRY_MAX_DELAY));
            CatalogSync listener =
                    new CatalogSync(sync, new CatalogMetrics(metrics), backoff, System::currentTimeMillis);
            listener.start();
            return listener;
        };
    }

    static Catalog catalog(Configuration group) {
        String database = group.get(CatalogOptions.DATABASE);
        Duration timeout = group.get(CatalogOptions.TIMEOUT);
        if (group.get(CatalogOptions.TYPE) == CatalogOptions.Type.HIVE) {
            int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
            return new HiveCatalog(
                    database, new MetastoreConnection(ThriftAddress.parseAll(group.get(CatalogOptions.URIS)), millis));
        }
        Backoff backoff = new Backoff(GLUE_ATTEMPTS, Duration.ofMillis(500), Duration.ofSeconds(10));
        GlueApi glue = new GlueApi(
                group.getOptional(CatalogOptions.ENDPOINT).map(URI::create).orElse(null),
                group.get(CatalogOptions.AWS_REGION),
                DefaultAWSCredentialsProviderChain.getInstance(),
                new HttpTransport(timeout, backoff, null));
        return new GlueCatalog(glue, group.get(CatalogOptions.CATALOG_ID), database);
    }
}
