package org.landgrant.profiles;

import java.util.List;

/**
 * The shape of the database this program knows.
 *
 * @param version the number of the newest migration
 * @param locations where the migrations lie, in Flyway's notation
 */
record Schema(int version, List<String> locations) {
    static final Schema OURS = new Schema(3, List.of("classpath:org/landgrant/profiles/migration"));

    /** The table in which Flyway notes which migrations ran. */
    static final String HISTORY = "migrations";
}
