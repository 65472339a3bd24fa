/** Looks at what Crossfoot runs on, and says what will break before it does. */
package io.crossfoot.doctor;
