package io.tributary.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads an array of scalars into a list that may hold nulls. */
final class ArrayReader implements ValueReader {
    private final ColumnPlan element;
    private final boolean numbers;

    ArrayReader(ColumnPlan element) {
        this.element = element;
        ColumnType.Kind kind = element.type().kind();
        this.numbers = kind == ColumnType.Kind.INT || kind == ColumnType.Kind.LONG;
    }

    @Override
    public Object read(AvroInput in) throws MalformedRowException {
        List<Object> items = new ArrayList<>();
        boolean rescued = false;
        for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                Object item = element.reader().read(in);
                rescued |= item instanceof Values.Rescued;
                items.add(item);
            }
        }
        if (isPlaceholder(items)) {
            return Values.UNAVAILABLE;
        }
        Collections.replaceAll(items, Values.UNAVAILABLE, Placeholder.TEXT);
        return rescued
                ? new Values.Rescued(JsonReader.text(items, element.type()))
                : Collections.unmodifiableList(items);
    }

    private boolean isPlaceholder(List<Object> items) {
        if (items.size() == 1) {
            return items.get(0) == Values.UNAVAILABLE;
        }
        if (!numbers || !Placeholder.mayBe(items.size())) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item == null || !Placeholder.isItem(i, ((Number) item).longValue())) {
                return false;
            }
        }
        return true;
    }
}
