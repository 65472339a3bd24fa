package io.crossfoot.cli;

import io.crossfoot.GlueCost;
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
                                known(step.files()),
                                known(step.bytes()),
                                step.why()))
                        .toList()));
        plan.halfDone()
                .ifPresent(
                        run -> shell.print("\nrun %s has died while publishing; it is finished first".formatted(run)));
        if (plan.isWorkPending()) {
            shell.print("\nthere is work: crossfoot enrich does it");
            showCosts(plan, shell);
        } else {
            shell.print("\nnothing to do");
        }
    }

    private static Object known(long number) {
        return number == 0 ? "" : number;
    }

    private static void showCosts(Plan plan, Shell shell) {
        if (plan.isTooSmallForGlue()) {
            shell.print("too small for Glue, which bills a minute at least: one machine does it in less");
            return;
        }
        shell.print("");
        shell.print(ConsoleTable.ofNumbers(
                List.of("as a Glue job, about", "minutes", "DPU-minutes", "USD"),
                plan.glueCosts().stream()
                        .map(cost -> List.of(
                                "%d workers of %s".formatted(cost.workers(), GlueCost.WORKER),
                                "%.1f".formatted(cost.seconds() / 60),
                                "%.1f".formatted(cost.dpuMinutes()),
                                cost.dollars().toPlainString()))
                        .toList()));
        shell.print("\nby a model not verified on AWS, at %s USD for a DPU-hour; docs/capacity.md tells its assumptions"
                .formatted(GlueCost.DOLLARS_AN_HOUR));
    }

    private static String json(Plan plan) {
        return Json.text(Map.of(
                "pending", plan.isWorkPending(),
                "half_done", plan.halfDone().orElse(""),
                "steps", plan.steps(),
                "glue",
                        plan.glueCosts().stream()
                                .map(cost -> Map.of(
                                        "worker_type", GlueCost.WORKER,
                                        "workers", cost.workers(),
                                        "minutes", cost.seconds() / 60,
                                        "dpu_minutes", cost.dpuMinutes(),
                                        "usd", cost.dollars()))
                                .toList()));
    }
}
