package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The library that is on the class path has what the job needs: the stand-in of the emulator, or with {@code mvn -P
 * glue-library package} AWS's own.
 */
class LibraryBindingTest {
    @Test
    void hasEachMemberThatTheJobNeeds() {
        Bindings bindings = GlueLibrary.examine(getClass().getClassLoader());

        bindings.found().forEach(member -> System.out.println("found " + member));
        assertThat(bindings.missing()).isEmpty();
        assertThat(bindings.found()).hasSize(9);
    }
}
