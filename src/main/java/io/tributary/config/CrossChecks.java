package io.tributary.config;

import java.util.List;

/** What is wrong with values that are right by themselves: those that exclude, need or contradict each other. */
final class CrossChecks {
    private static final String AUTH = AuthOptions.GROUP;

    private final TributaryConfig config;
    private final Problems problems;

    private CrossChecks(TributaryConfig config) {
        this.config = config;
        this.problems = new Problems(config);
    }

    /** @return one text for each problem; none where all is well */
    static List<String> problemsOf(TributaryConfig config) {
        CrossChecks checks = new CrossChecks(config);
        TransportChecks transports = new TransportChecks(config, checks.problems);
        transports.source();
        checks.auth();
        checks.lake();
        checks.tables();
        new CatalogChecks(config, checks.problems).check();
        transports.deadLetters();
        transports.aggregates();
        return checks.problems.texts();
    }

    private void auth() {
        AuthOptions.Type type = config.group(AUTH).get(AuthOptions.TYPE);
        if (type == AuthOptions.Type.SCRAM) {
            problems.needs(AUTH, AuthOptions.USERNAME, "type scram needs it");
            problems.needs(AUTH, AuthOptions.PASSWORD, "type scram needs it");
        } else {
            problems.onlyFor(AUTH, AuthOptions.Type.SCRAM, type, AuthOptions.USERNAME);
            problems.onlyFor(AUTH, AuthOptions.Type.SCRAM, type, AuthOptions.PASSWORD);
        }
        if (type == AuthOptions.Type.TLS) {
            String keystore = config.group(AUTH).get(AuthOptions.KEYSTORE_PATH);
            if (keystore != null && !keystore.endsWith(".pem")) {
                problems.needs(AUTH, AuthOptions.KEYSTORE_PASSWORD, "a key store that is not PEM needs it");
            }
        } else {
            problems.onlyFor(AUTH, AuthOptions.Type.TLS, type, AuthOptions.KEYSTORE_PATH);
        }
        if (type != AuthOptions.Type.MSK_IAM) {
            problems.onlyFor(AUTH, AuthOptions.Type.MSK_IAM, type, AuthOptions.ROLE_ARN);
            problems.onlyFor(AUTH, AuthOptions.Type.MSK_IAM, type, AuthOptions.PROFILE);
        } else if (config.group(AUTH).contains(AuthOptions.ROLE_ARN)
                && config.group(AUTH).contains(AuthOptions.PROFILE)) {
            problems.add("group Auth, keys role.arn and profile: both are given; give one of them. A profile can itself"
                    + " name a role (role_arn).");
        }
    }

    private void lake() {
        String path = config.group(LakeOptions.GROUP).get(LakeOptions.PATH);
        if (path != null && !path.startsWith("/") && !path.matches("[a-z0-9]+:/.*")) {
            problems.add(
                    "group Lake, key path, value `" + path + "`: relative paths differ between the cluster's processes;"
                            + " give an absolute path or a URI such as `s3://bucket/lake`.");
        }
    }

    private void tables() {
        for (String table : config.groups(TableOptions.GROUP).keySet()) {
            problems.names(TableOptions.GROUP + "." + table, TableOptions.KEY);
            problems.names(TableOptions.GROUP + "." + table, TableOptions.PARTITION);
        }
    }
}
