package io.tributary.preflight;

import io.tributary.preflight.Finding.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The page of all findings, in the order of the data path. Immutable. */
public final class PreflightReport {
    private final List<Finding> findings;
    private final Duration duration;

    PreflightReport(List<Finding> findings, Duration duration) {
        this.findings = List.copyOf(findings);
        this.duration = duration;
    }

    public List<Finding> findings() {
        return findings;
    }

    /** @return how many findings are of this level */
    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** @throws PreflightFailedException where a check has failed */
    public void requireNoFailure() {
        long failed = count(Level.FAIL);
        if (failed > 0) {
            throw new PreflightFailedException(
                    failed + (failed == 1 ? " check" : " checks") + " failed; the page above says what to do.");
        }
    }

    /** @return the page: a line per finding, an indented one with what to do, and the counts */
    @Override
    public String toString() {
        StringBuilder page = new StringBuilder("Preflight\n");
        for (Finding finding : findings) {
            page.append(String.format(
                    Locale.ROOT,
                    "  %s  %-11s %s%n",
                    finding.level().name().toLowerCase(Locale.ROOT),
                    finding.subject(),
                    finding.text()));
            if (finding.advice() != null) {
                page.append("                    -> ").append(finding.advice()).append('\n');
            }
        }
        return page.append("  ")
                .append(count(Level.PASS))
                .append(" pass, ")
                .append(count(Level.WARN))
                .append(" warn, ")
                .append(count(Level.FAIL))
                .append(String.format(Locale.ROOT, " fail, in %.1f s%n", duration.toMillis() / 1000.0))
                .toString();
    }
}
