package io.tributary.preflight;

import io.tributary.config.AggregateOptions;
import io.tributary.config.TributaryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/** Whether the times of the aggregates go together. What contradicts itself has been refused before. */
final class AggregateCheck implements Check {
    private final TributaryConfig config;
    private final CheckpointSettings checkpoints;

    AggregateCheck(TributaryConfig config, CheckpointSettings checkpoints) {
        this.config = config;
        this.checkpoints = checkpoints;
    }

    @Override
    public String subject() {
        return "aggregates";
    }

    @Override
    public List<Finding> run() {
        List<Finding> found = new ArrayList<>();
        config.groups(AggregateOptions.GROUP).forEach((name, settings) -> {
            int before = found.size();
            check("Aggregate." + name, settings, found);
            if (found.size() == before) {
                found.add(
                        Finding.pass(subject(), "Aggregate." + name + ": window, retention and intervals go together"));
            }
        });
        return found;
    }

    private void check(String name, Configuration settings, List<Finding> found) {
        boolean total = settings.get(AggregateOptions.WINDOW) == AggregateOptions.Window.TOTAL;
        Duration retention = settings.get(AggregateOptions.RETENTION);
        if (!total && retention.compareTo(settings.get(AggregateOptions.OUT_OF_ORDERNESS)) < 0) {
            found.add(Finding.warn(
                    subject(),
                    name + ": retention " + text(retention) + " is shorter than out.of.orderness "
                            + text(settings.get(AggregateOptions.OUT_OF_ORDERNESS)),
                    "set " + name + ".retention to how long after a window's end sales are still corrected, e.g. 7 d"));
        }
        Duration between = checkpoints.interval();
        if (settings.get(AggregateOptions.DELIVERY) == AggregateOptions.Delivery.EXACTLY_ONCE
                && !checkpoints.isManagedService()
                && settings.get(AggregateOptions.TRANSACTION_TIMEOUT).compareTo(between.multipliedBy(2)) < 0) {
            found.add(Finding.fail(
                    subject(),
                    name + ": transaction.timeout "
                            + text(settings.get(AggregateOptions.TRANSACTION_TIMEOUT))
                            + " is less than two checkpoints (" + text(between) + " each)",
                    "a transaction that expires loses its figures: lengthen it, or checkpoint more often"));
        }
    }

    private static String text(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }
}
