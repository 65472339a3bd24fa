/** The endpoint: who may come in, what is performed here, and how all else reaches moto. Knows no service. */
package io.crossfoot.emulator.http;
