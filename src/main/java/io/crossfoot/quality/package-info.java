/** Whether a run may be published: its account must balance, and not too many rows may be in quarantine. */
package io.crossfoot.quality;
