package io.tributary.catalog;

/** Addresses of directories, of which there are several for one place. */
final class Locations {
    private Locations() {}

    /** @return whether both are one place, whatever S3's scheme, the slashes of a local file's and the slash at the end */
    static boolean same(String one, String other) {
        return one != null && other != null && plain(one).equals(plain(other));
    }

    private static String plain(String location) {
        return location.replaceFirst("^s3[an]://", "s3://")
                .replaceFirst("^file:/*", "file:/")
                .replaceFirst("/+$", "");
    }

    /** @return with {@code s3a://} as {@code s3://}, the only scheme that Athena and Glue's readers know */
    static String s3(String location) {
        return location.replaceFirst("^s3[an]://", "s3://");
    }

    /** @return why a table that is elsewhere is left alone */
    static String taken(String where, CatalogTable table, String stored) {
        return where + "." + table.name() + " in the catalogue is the table at " + stored
                + ", and is left alone; the lake's is at "
                + table.location()
                + ". Give the lake's another name (Table.<server.schema.table>.name, Catalog.table.name,"
                + " Catalog.prefix or Catalog.database), or drop the other entry if it is an old one.";
    }
}
