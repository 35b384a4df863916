package io.tributary.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened in the databases, as messages in the order in which they are sent, and what the databases hold in the end.
 *
 * @param traits what kind of history it is, for people
 * @param faults how many faults of each kind are among the messages
 * @param poison how many messages are of no format
 */
record History(
        long seed,
        String server,
        String traits,
        List<Message> messages,
        List<ModelTable> truth,
        Map<StreamFault, Integer> faults,
        int poison) {

    ModelTable table(String name) {
        return truth.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @return the number of partitions of each topic */
    Map<String, Integer> topics() {
        Map<String, Integer> topics = new TreeMap<>();
        truth.forEach(table -> topics.put(table.fullName(), table.partitions()));
        return topics;
    }
}
