/** Time as Glue's schedules have it. */
package io.crossfoot.emulator.schedule;
