/** Triggers and workflows: what starts by hand, by the clock, by an event, or after something else. */
package io.crossfoot.emulator.workflows;
