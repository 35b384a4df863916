package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The tables of a lake and the names they go by. Letter case does not matter in a name. */
final class LakeTables {
    private final Path lake;
    private final Set<String> names;

    private LakeTables(Path lake, Set<String> names) {
        this.lake = lake;
        this.names = names;
    }

    /** Lists the lake; a directory with {@code .hoodie/hoodie.properties} is a table. */
    static LakeTables list(Path lake, Configuration hadoop) {
        try {
            FileSystem files = lake.getFileSystem(hadoop);
            Set<String> names = new TreeSet<>();
            for (FileStatus entry : files.listStatus(lake)) {
                if (entry.isDirectory() && files.exists(new Path(entry.getPath(), ".hoodie/hoodie.properties"))) {
                    names.add(entry.getPath().getName());
                }
            }
            return new LakeTables(lake, names);
        } catch (FileNotFoundException e) {
            throw new CommandException("No lake at " + lake + ": the directory does not exist. Check --lake", e);
        } catch (IOException e) {
            throw new CommandException("Cannot list the lake " + lake + ": " + e.getMessage(), e);
        }
    }

    /** @return full names, sorted */
    List<String> names() {
        return List.copyOf(names);
    }

    Path directory(String fullName) {
        return new Path(lake, fullName);
    }

    /**
     * @param name a full name, or a part that one table alone goes by
     * @return the full name
     * @throws CommandException where no table, or more than one, goes by that name
     */
    String resolve(String name) {
        List<String> found = names.stream()
                .filter(full -> full.equalsIgnoreCase(name) || shortNames(full).contains(lower(name)))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new CommandException("No table " + name + " in the lake " + lake + "; it holds " + described(names));
        }
        throw new CommandException(
                "Table name " + name + " is ambiguous in the lake " + lake + ": write one of " + described(found));
    }

    /** @return the names that a table, and no other, goes by in SQL: always the full one */
    List<String> sqlNames(String fullName) {
        Set<String> mine = shortNames(fullName);
        names.stream().filter(other -> !other.equals(fullName)).forEach(other -> mine.removeAll(shortNames(other)));
        mine.add(lower(fullName));
        return List.copyOf(mine);
    }

    /** @return the tables that the words of a statement may mean */
    List<String> mentionedIn(String sql) {
        String text = lower(sql);
        Set<String> words = Set.copyOf(List.of(text.split("[^\\p{L}\\p{N}_$]+")));
        return names.stream()
                .filter(name ->
                        text.contains(lower(name)) || sqlNames(name).stream().anyMatch(words::contains))
                .toList();
    }

    /** The last part ({@code sale}) and the last two ({@code ecomm_sale}, {@code ecomm.sale}). */
    private static Set<String> shortNames(String fullName) {
        String[] parts = lower(fullName).split("\\.");
        Set<String> all = new TreeSet<>();
        String last = parts[parts.length - 1];
        all.add(last);
        if (parts.length > 1) {
            all.add(parts[parts.length - 2] + "_" + last);
            all.add(parts[parts.length - 2] + "." + last);
        }
        return all;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String described(Iterable<String> names) {
        String all = String.join(", ", names);
        return all.isEmpty() ? "no table yet" : all;
    }
}
