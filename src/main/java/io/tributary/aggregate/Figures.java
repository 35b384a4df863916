package io.tributary.aggregate;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeutils.base.BigDecSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Amount, number of rows and quantity, added up exactly; also a difference of such sums. Immutable. */
final class Figures {
    static final Figures ZERO = new Figures(BigDecimal.ZERO, 0, BigDecimal.ZERO);

    private final BigDecimal amount;
    private final long orders;
    private final BigDecimal quantity;

    Figures(BigDecimal amount, long orders, BigDecimal quantity) {
        this.amount = amount;
        this.orders = orders;
        this.quantity = quantity;
    }

    /** @return what one row adds; a null amount or quantity adds nothing, as in SQL */
    static Figures ofRow(Object amount, Object quantity) {
        return new Figures(orZero(amount), 1, orZero(quantity));
    }

    BigDecimal amount() {
        return amount;
    }

    long orders() {
        return orders;
    }

    BigDecimal quantity() {
        return quantity;
    }

    Figures plus(Figures other) {
        return new Figures(amount.add(other.amount), orders + other.orders, quantity.add(other.quantity));
    }

    Figures negated() {
        return new Figures(amount.negate(), -orders, quantity.negate());
    }

    boolean isZero() {
        return orders == 0 && amount.signum() == 0 && quantity.signum() == 0;
    }

    private static BigDecimal orZero(Object value) {
        return value instanceof BigDecimal ? (BigDecimal) value : BigDecimal.ZERO;
    }

    void write(DataOutputView out) throws IOException {
        BigDecSerializer.INSTANCE.serialize(amount, out);
        out.writeLong(orders);
        BigDecSerializer.INSTANCE.serialize(quantity, out);
    }

    static Figures read(DataInputView in) throws IOException {
        return new Figures(
                BigDecSerializer.INSTANCE.deserialize(in), in.readLong(), BigDecSerializer.INSTANCE.deserialize(in));
    }

    /** Equal numbers, whatever their scale. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Figures
                && ((Figures) other).orders == orders
                && ((Figures) other).amount.compareTo(amount) == 0
                && ((Figures) other).quantity.compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(orders) * 31 + amount.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return amount + " in " + orders + " orders, quantity " + quantity;
    }
}
