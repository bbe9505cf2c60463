/** One SQLite file: who may use it, its pragmas and schema, its transactions. */
@NullMarked
package dev.holdfast.kit.sqlite;

import org.jspecify.annotations.NullMarked;
