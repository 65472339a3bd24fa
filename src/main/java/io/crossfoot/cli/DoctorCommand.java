package io.crossfoot.cli;

import io.crossfoot.doctor.Finding;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot doctor}: what Crossfoot runs on, and what will break before it does. */
final class DoctorCommand implements Command {
    @Override
    public CommandSpec model() {
        CommandSpec doctor = Options.command("doctor", "looks at versions and settings", "doctor [OPTION…]")
                .addOption(Options.master())
                .addOption(Options.json("print what was found as JSON"));
        Options.common().forEach(doctor::addOption);
        return doctor;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        return shell.withSpark(arguments, (session, progress) -> {
            List<Finding> findings = session.examine();
            progress.clear();
            shell.print(arguments.has(Options.JSON) ? Json.text(findings) : table(findings));
            return 0;
        });
    }

    private static ConsoleTable table(List<Finding> findings) {
        return ConsoleTable.of(
                List.of("what", "found", "note"),
                findings.stream()
                        .map(finding -> List.<Object>of(finding.subject(), finding.value(), finding.advice()))
                        .toList());
    }
}
