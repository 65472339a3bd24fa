/** moto_server: its process, and what the emulator asks of it. */
package io.crossfoot.emulator.moto;
