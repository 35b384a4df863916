package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    Path service;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    @Test
    void theFileInTheWorkingDirectoryIsTheDefault() throws IOException {
        write(directory.resolve("application-properties.json"), "local");
        assertThat(groupId()).isEqualTo("local");
    }

    @Test
    void theServicesFileGoesBeforeTheWorkingDirectory() throws IOException {
        write(directory.resolve("application-properties.json"), "local");
        write(serviceFile(), "service");
        assertThat(groupId()).isEqualTo("service");
        assertThat(origin().isManagedService()).isTrue();
    }

    @Test
    void theFileThatIsNamedGoesBeforeAll() throws IOException {
        write(directory.resolve("application-properties.json"), "local");
        write(serviceFile(), "service");
        Path named = write(elsewhere.resolve("named.json"), "named");
        assertThat(groupId("--config", named.toString())).isEqualTo("named");
        assertThat(groupId("--config=" + named)).isEqualTo("named");
    }

    @Test
    void settingsGoOnTopAndTheLastOneCounts() throws IOException {
        write(directory.resolve("application-properties.json"), "local");
        assertThat(groupId("--set", "Source.group.id=one", "--set=Source.group.id=two"))
                .isEqualTo("two");
        assertThat(groupId("--set", "Source.group.id=")).isEqualTo("tributary");
    }

    @Test
    void settingsAloneAreEnough() {
        TributaryConfig config = new ConfigLoader(origin(), List.of())
                .load(Arguments.parse(
                        "--set",
                        "Source.bootstrap.servers=b:1",
                        "--set",
                        "Source.topics=a",
                        "--set",
                        "Lake.path=/tmp/x",
                        "--set",
                        "Table.tickit.ecomm.sale.buckets=2"));
        assertThat(config.groups("Table").get("tickit.ecomm.sale").get(TableOptions.BUCKETS))
                .isEqualTo(2);
    }

    @Test
    void withoutAnyConfigurationThePlacesAreNamed() {
        assertThatThrownBy(this::groupId)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(serviceFile().toString())
                .hasMessageContaining(
                        directory.resolve("application-properties.json").toString())
                .hasMessageContaining("--config FILE");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> groupId("--config", "nowhere.json"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.json cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hush | it is no JSON (line 1)",
                "{} | it is no array",
                "[{\"PropertyMap\": {}}] | entry 1 lacks PropertyGroupId or PropertyMap",
                "[{\"PropertyGroupId\": \"Source\"}] | entry 1 lacks PropertyGroupId or PropertyMap",
                "[{\"PropertyGroupId\": \"S\", \"PropertyMap\": {\"a\": [1]}}] | group S, key a has no plain value",
                "[{\"PropertyGroupId\": \"S\", \"PropertyMap\": {\"a\": \"1\", \"a\": \"2\"}}] | it is no JSON",
                "[{\"PropertyGroupId\": \"S\", \"PropertyMap\": {}}, {\"PropertyGroupId\": \"S\", \"PropertyMap\": {}}]"
                        + " | group S stands there twice",
            })
    void aFileOfAnotherFormIsRefusedWithoutShowingItsText(String json, String why) throws IOException {
        Path file = elsewhere.resolve("bad.json");
        Files.writeString(file, json);
        assertThatThrownBy(() -> groupId("--config", file.toString()))
                .isInstanceOf(ConfigException.class)
                .hasNoCause()
                .hasMessageContaining(why)
                .hasMessageContaining("bad.json")
                .hasMessageNotContaining("hush");
    }

    @Test
    void problemsNameTheOrigin() throws IOException {
        write(directory.resolve("application-properties.json"), "local");
        assertThatThrownBy(() -> groupId("--set", "Source.start=x"))
                .hasMessageContaining("application-properties.json with --set) has a problem");
    }

    private String groupId(String... args) {
        return new ConfigLoader(origin(), List.of())
                .load(Arguments.parse(args))
                .group("Source")
                .get(SourceOptions.GROUP_ID);
    }

    private ConfigOrigin origin() {
        return new ConfigOrigin(serviceFile(), directory);
    }

    private Path serviceFile() {
        return service.resolve("application_properties.json");
    }

    private static Path write(Path file, String groupId) throws IOException {
        return Files.writeString(file, """
                [{"PropertyGroupId": "Source", "PropertyMap":
                   {"bootstrap.servers": "b:9092", "topics": "t", "group.id": "%s"}},
                 {"PropertyGroupId": "Lake", "PropertyMap": {"path": "/tmp/lake", "buckets": 2}}]
                """.formatted(groupId));
    }
}
