package io.crossfoot.cli;

import io.crossfoot.Plan;
import io.crossfoot.config.EnrichConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot plan}: what {@code enrich} would do with the same settings. */
final class PlanCommand implements Command {
    /** There is something to do. */
    private static final int PENDING = 8;

    @Override
    public CommandSpec model() {
        CommandSpec plan = Options.command(
                "plan",
                "says what enrich would read and write with the same settings, and why; writes nothing",
                "plan --sales PATH --customers PATH --output PATH [OPTION…]");
        Options.settingsOfEnrich().forEach(plan::addOption);
        plan.addOption(Options.config()).addOption(Options.json("print the plan and nothing else"));
        plan.usageMessage().footer("It takes all settings of enrich. Exit code 0: nothing to do; 8: there is work.");
        Options.common().forEach(plan::addOption);
        return plan;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Plan plan = Plan.of(
                EnrichConfig.from(shell.settings(arguments)),
                HadoopSettings.of(shell.terminal().environment()));
        if (arguments.has(Options.JSON)) {
            shell.print(json(plan));
        } else {
            show(plan, shell);
        }
        return plan.isWorkPending() ? PENDING : 0;
    }

    private static void show(Plan plan, Shell shell) {
        shell.print(ConsoleTable.of(
                List.of("would", "of", "files", "bytes", "because"),
                plan.steps().stream()
                        .map(step -> List.of(
                                step.action().name().toLowerCase(Locale.ROOT),
                                step.table(),
                                step.files(),
                                step.bytes(),
                                step.why()))
                        .toList()));
        plan.halfDone()
                .ifPresent(
                        run -> shell.print("\nrun %s has died while publishing; it is finished first".formatted(run)));
        shell.print(plan.isWorkPending() ? "\nthere is work: crossfoot enrich does it" : "\nnothing to do");
    }

    private static String json(Plan plan) {
        return Json.text(Map.of(
                "pending", plan.isWorkPending(),
                "half_done", plan.halfDone().orElse(""),
                "steps", plan.steps()));
    }
}
