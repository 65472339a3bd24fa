/** File systems of paths, and the settings with which a session reaches them. */
package io.crossfoot.storage;
