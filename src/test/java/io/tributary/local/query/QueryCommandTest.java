package io.tributary.local.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {
    @TempDir
    static Path lake;

    @BeforeAll
    static void writeLake() {
        new HudiFixture(lake, "shop.public.sizes", "id")
                .upsert(
                        HudiFixture.schema("id \"int\"", "name \"string\""),
                        List.of(Map.of("id", 1, "name", "größer")));
    }

    @Test
    void aTableIsPrintedInTheFormatAskedFor() {
        assertThat(output(ExitCode.OK, "--format", "csv", "sizes")).isEqualTo("id,name\n1,größer\n");
        assertThat(output(ExitCode.OK, "--format=json", "sizes")).isEqualTo("{\"id\":1,\"name\":\"größer\"}\n");
        assertThat(output(ExitCode.OK, "select", "count(*) as n", "from", "sizes"))
                .contains("n\n-\n1\n(1 row)");
    }

    @Test
    void theLakeAndARowTellOfThemselves() {
        assertThat(output(ExitCode.OK, "--format", "csv", "--show", "tables"))
                .startsWith("table,rows,commits,files,last_commit\nshop.public.sizes,1,1,1,");
        assertThat(output(ExitCode.OK, "--show", "commits", "sizes")).contains("completed");
        assertThat(output(ExitCode.OK, "--format", "csv", "--history", "1", "sizes"))
                .startsWith("instant,op,deleted,id,name\n")
                .endsWith(",c,false,1,größer\n");
    }

    @Test
    void exitCodesTellAWrongCallFromAFailure() {
        output(ExitCode.USAGE);
        output(ExitCode.USAGE, "--format", "xml", "sizes");
        output(ExitCode.USAGE, "--until", "2026-01-01", "sizes");
        output(ExitCode.USAGE, "--as-of", "soon", "sizes");
        output(ExitCode.USAGE, "--set", "Source.type=kafka", "sizes");
        output(ExitCode.USAGE, "--show", "rows", "sizes");
        output(ExitCode.USAGE, "--show", "files");
        output(ExitCode.USAGE, "--history", "1");
        output(ExitCode.FAILED, "nothing");
        output(ExitCode.FAILED, "--history", "2", "sizes");
        output(ExitCode.FAILED, "select 1 +");
    }

    private static String output(int expected, String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String[] all = new String[args.length + 2];
        all[0] = "--lake";
        all[1] = lake.toString();
        System.arraycopy(args, 0, all, 2, args.length);
        assertThat(QueryCommand.execute(all, new PrintStream(bytes))).isEqualTo(expected);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
