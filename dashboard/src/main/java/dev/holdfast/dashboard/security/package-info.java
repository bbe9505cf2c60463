/** Who may use the dashboard, and what a stranger's page may not make a browser do. */
@NullMarked
package dev.holdfast.dashboard.security;

import org.jspecify.annotations.NullMarked;
