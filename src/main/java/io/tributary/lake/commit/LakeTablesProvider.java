package io.tributary.lake.commit;

import io.tributary.lake.write.TableLayout;
import java.io.Serializable;

/** Travels with the job to the JobManager and gives the coordinator its tables there. */
@FunctionalInterface
public interface LakeTablesProvider extends Serializable {
    LakeTables open(TableLayout layout);
}
