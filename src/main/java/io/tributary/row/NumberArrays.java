package io.tributary.row;

import java.util.List;
import org.apache.avro.Schema;

/** Skips an array of numbers, nullable or not, and notes whether it is the placeholder of unavailable values. */
final class NumberArrays {
    private final int branches;
    private final int numberBranch;

    private NumberArrays(int branches, int numberBranch) {
        this.branches = branches;
        this.numberBranch = numberBranch;
    }

    /** @return null where the items are no whole numbers */
    static NumberArrays of(Schema items) {
        if (isNumber(items)) {
            return new NumberArrays(0, 0);
        }
        if (items.isUnion() && items.isNullable() && items.getTypes().size() == 2) {
            List<Schema> types = items.getTypes();
            int number = types.get(0).getType() == Schema.Type.NULL ? 1 : 0;
            return isNumber(types.get(number)) ? new NumberArrays(2, number) : null;
        }
        return null;
    }

    private static boolean isNumber(Schema schema) {
        return schema.getType() == Schema.Type.INT || schema.getType() == Schema.Type.LONG;
    }

    void skip(AvroInput in) throws MalformedRowException {
        int index = 0;
        boolean same = true;
        for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                boolean number = branches == 0 || in.readBranch(branches) == numberBranch;
                same &= number && Placeholder.isItem(index, in.readLong());
                index++;
            }
        }
        if (same && Placeholder.mayBe(index)) {
            in.markPlaceholder();
        }
    }
}
