package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValidatorTest {
    private static final PropertyGroups GOOD =
            groups("Source.bootstrap.servers=b:9092", "Source.topic.pattern=tickit\\..*", "Lake.path=file:///tmp/lake");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hive | Catalog.uris=localhost:9083 | Allowed is thrift://HOST:PORT, several separated by commas",
                "hive | Catalog.uris=thrift://metastore | thrift://metastore is no such address",
                "glue | Catalog.endpoint=glue.eu-west-1 | allowed is http://HOST[:PORT] or https://...",
                "glue | Catalog.catalog.id=me | allowed is an account's number of 12 digits",
            })
    void aCataloguesAddressesAreChecked(String type, String setting, String answer) {
        String needed = type.equals("glue") ? "Catalog.aws.region=eu-west-1" : "Catalog.database=lake";
        assertThat(problems("Catalog.type=" + type, needed, setting))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains(answer));
    }

    @Test
    void aMinimalConfigurationIsEnough() {
        TributaryConfig config = ConfigValidator.validate(GOOD, "test", List.of());
        assertThat(config.group("Source").get(SourceOptions.BOOTSTRAP_SERVERS)).isEqualTo("b:9092");
        assertThat(config.group("Source").get(SourceOptions.START)).isEqualTo("earliest");
        assertThat(config.group("Source").get(SourceOptions.DISCOVERY_INTERVAL)).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.group("Auth").get(AuthOptions.TYPE)).isEqualTo(AuthOptions.Type.NONE);
    }

    @Test
    void typedValuesAreReadAsTheirTypes() {
        TributaryConfig config = valid(
                "Source.discovery.interval=5 min",
                "Auth.type=MSK-IAM",
                "Lake.delete.mode=hard",
                "DeadLetter.max.ratio=0.25");
        assertThat(config.group("Source").get(SourceOptions.DISCOVERY_INTERVAL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.group("Auth").get(AuthOptions.TYPE)).isEqualTo(AuthOptions.Type.MSK_IAM);
        assertThat(config.group("Lake").get(LakeOptions.DELETE_MODE)).isEqualTo(LakeOptions.DeleteMode.HARD);
        assertThat(config.group("DeadLetter").get(DeadLetterOptions.MAX_RATIO)).isEqualTo(0.25);
    }

    @Test
    void freeKeysAreKept() {
        TributaryConfig config = valid("Lake.hadoop.fs.s3a.endpoint=http://127.0.0.1:9", "Source.kafka.a.b=c");
        assertThat(TributaryConfig.passedThrough(config.group("Lake"), LakeOptions.HADOOP_PREFIX))
                .containsEntry("fs.s3a.endpoint", "http://127.0.0.1:9");
        assertThat(TributaryConfig.passedThrough(config.group("Source"), SourceOptions.KAFKA_PREFIX))
                .containsEntry("a.b", "c");
    }

    @Test
    void namedGroupsAreFoundByTheirName() {
        TributaryConfig config = valid("Table.tickit.ecomm.sale.buckets=2", "Table.tickit.ecomm.sale.key=a, b");
        assertThat(config.groups("Table")).containsOnlyKeys("tickit.ecomm.sale");
        assertThat(NameList.split(
                        config.groups("Table").get("tickit.ecomm.sale").get(TableOptions.KEY)))
                .containsExactly("a", "b");
    }

    @Test
    void anUnknownGroupIsNamedWithTheNearest() {
        assertThat(problems("Sorce.start=latest"))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(
                                "group Sorce: there is no such group. Did you mean Source? Groups are Source, Auth,")
                        .contains("Table.<server.schema.table>"));
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestAndWithoutItsValue() {
        assertThat(problems("Auth.pasword=hush"))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(
                                "group Auth, key pasword: there is no such key. Did you mean password? Keys of Auth are type,")
                        .doesNotContain("hush"));
    }

    @Test
    void aKeyOfAnotherGroupIsToldSo() {
        assertThat(problems("Lake.max.ratio=0.1"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("Group DeadLetter has it."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lake.delete.mode=sotf | group Lake, key delete.mode, value \"sotf\": allowed is one of: soft, hard."
                        + " Did you mean soft?",
                "Source.bounded=maybe | value \"maybe\": allowed is one of: true, false.",
                "Source.discovery.interval=soon | allowed is a duration such as `30 s` or `10 min`, not 0.",
                "Source.discovery.interval=0 s | allowed is a duration",
                "Source.max.value.size=huge | allowed is a size such as `64 mb`.",
                "Lake.buckets=four | allowed is a whole number from 1.",
                "Lake.buckets=0 | allowed is a whole number from 1.",
                "DeadLetter.max.ratio=1.5 | allowed is a number from 0 to 1.",
                "Source.start=yesterday | group Source, key start, value \"yesterday\": it is no start position."
                        + " Allowed is earliest, latest, committed, timestamp:MS",
                "Source.start=timestamp:noon | it is no start position",
                "Source.topic.pattern=tickit[ | group Source, key topic.pattern, value \"tickit[\": Unclosed character",
                "Table.a.b.c.key=id,,x | group Table.a.b.c, key key, value \"id,,x\": there is an empty name",
                "Table.a.b.c.partition=x,x | `x` comes twice",
                "Source.type=kinsis | allowed is one of: kafka, kinesis. Did you mean kinesis?",
                "Source.stream.arns=x | group Source, key stream.arns: it is for type kinesis, but type is kafka.",
                "Source.bootstrap.servers= | group Source, key bootstrap.servers: it is missing; type kafka needs it.",
                "Catalog.type=glue | group Catalog, key aws.region: it is missing; type glue needs it.",
                "Catalog.type=hive | group Catalog, key uris: it is missing; type hive needs it.",
                "Catalog.type=hives | Did you mean hive?",
                "Catalog.database=My-Lake | allowed is up to 100 lower case letters, digits and `_`",
                "Table.a.b.c.name=a.b | group Table.a.b.c, key name, value \"a.b\": allowed is",
                "Catalog.catalog.id=123456789012 | group Catalog, key catalog.id: it is for type glue, but type is none.",
                "Lake.table.type=merge-on-read | Merge-on-read tables are not available in this version.",
            })
    void aBadValueIsAnsweredWithWhatIsAllowed(String setting, String answer) {
        assertThat(problems(setting))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains(answer.strip()));
    }

    @Test
    void aMissingValueIsNamedWithItsMeaning() {
        assertThat(problems("Lake.path="))
                .singleElement()
                .asString()
                .startsWith("group Lake, key path: it is missing and has no default. Directory of the lake");
    }

    @Test
    void topicsAndPatternExcludeEachOther() {
        assertThat(problems("Source.topics=a"))
                .singleElement()
                .asString()
                .contains("topics and topic.pattern: both are given");
        assertThat(problems("Source.topic.pattern="))
                .singleElement()
                .asString()
                .contains("topics and topic.pattern: neither is given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Auth.type=scram | group Auth, key username: it is missing; type scram needs it.",
                "Auth.password=hush | group Auth, key password: it is for type scram, but type is none.",
                "Auth.role.arn=arn | group Auth, key role.arn: it is for type msk-iam, but type is none.",
                "Auth.keystore.path=/k.p12 | it is for type tls, but type is none.",
                "DeadLetter.type=topic | group DeadLetter, key topic: it is missing; type topic needs it.",
                "Lake.path=lake | group Lake, key path, value `lake`: relative paths differ between the cluster's processes;",
                "DeadLetter.topic=x | it is for type topic, but type is directory.",
            })
    void whatAValueNeedsIsChecked(String setting, String problem) {
        assertThat(problems(setting))
                .anySatisfy(text -> assertThat(text).contains(problem.strip()).doesNotContain("hush"));
    }

    @Test
    void aKeyStoreNeedsItsPasswordUnlessItIsPem() {
        assertThat(problems("Auth.type=tls", "Auth.keystore.path=/k.p12"))
                .singleElement()
                .asString()
                .contains("key keystore.password: it is missing");
        valid("Auth.type=tls", "Auth.keystore.path=/k.pem");
    }

    @Test
    void whatTheJobWritesMustNotComeBack() {
        assertThat(problems("DeadLetter.type=topic", "DeadLetter.topic=tickit.dead"))
                .singleElement()
                .asString()
                .contains("value \"tickit.dead\": the source reads this topic");
        valid("DeadLetter.type=topic", "DeadLetter.topic=dead.tickit");
        String[] aggregate = {
            "Aggregate.a.table=tickit.ecomm.sale", "Aggregate.a.amount=x", "Aggregate.a.output=tickit.a"
        };
        assertThat(problems(aggregate))
                .singleElement()
                .asString()
                .contains("group Aggregate.a, key output, value \"tickit.a\": the source reads this topic");
    }

    @Test
    void anEmptyValueIsRefused() {
        PropertyGroups blank = GOOD.with(new Setting("Source", "group.id", "  "));
        assertThatThrownBy(() -> ConfigValidator.validate(blank, "test", List.of()))
                .hasMessageContaining("group Source, key group.id: the value is empty. Leave the key out");
    }

    @Test
    void theServicesLimitsHold() {
        assertThat(problems("Source.group.id=" + "x".repeat(2049)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("longer than the 2048 characters")
                        .hasSizeLessThan(200));
        valid("Source.group.id=" + "x".repeat(2048));
        String[] tables = IntStream.range(0, 49)
                .mapToObj(i -> "Table.a.b.t" + i + ".buckets=1")
                .toArray(String[]::new);
        assertThat(problems(tables)).singleElement().asString().contains("there are 51 groups");
        String[] keys = IntStream.range(0, 51)
                .mapToObj(i -> "Source.kafka.k" + i + "=1")
                .toArray(String[]::new);
        assertThat(problems(keys)).singleElement().asString().contains("it has 53 keys");
    }

    @Test
    void whatOtherPackagesCheckJoinsTheMessage() {
        ConfigCheck check = config -> {
            throw new ConfigException("theirs " + config.group("Source").get(SourceOptions.BOOTSTRAP_SERVERS));
        };
        PropertyGroups wrong = with(GOOD, "Lake.buckets=0");
        assertThatThrownBy(() -> ConfigValidator.validate(wrong, "test", List.of(check)))
                .hasMessageContaining("2 problems")
                .hasMessageContaining("buckets")
                .hasMessageContaining("\n  - theirs b:9092");
    }

    @Test
    void allProblemsAreInOneMessage() {
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigValidator.validate(
                        groups("Source.strat=latest", "Lake.buckets=0", "Auth.type=scram"),
                        "file.json with --set",
                        List.of()));
        assertThat(e.problems()).hasSize(7);
        assertThat(e.getMessage())
                .startsWith("The configuration (file.json with --set) has 7 problems, so the job does not start:\n  - ")
                .contains("strat", "buckets", "bootstrap.servers", "Lake, key path", "username", "password", "topics");
    }

    private static TributaryConfig valid(String... settings) {
        return ConfigValidator.validate(with(GOOD, settings), "test", List.of());
    }

    private static List<String> problems(String... settings) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> ConfigValidator.validate(with(GOOD, settings), "test", List.of()));
        assertThat(e).as("what is wrong with %s", List.of(settings)).isNotNull();
        return e.problems();
    }

    private static PropertyGroups groups(String... settings) {
        return with(PropertyGroups.NONE, settings);
    }

    private static PropertyGroups with(PropertyGroups groups, String... settings) {
        PropertyGroups changed = groups;
        for (String setting : settings) {
            changed = changed.with(Setting.parse(setting, changed.asMap().keySet()));
        }
        return changed;
    }
}
