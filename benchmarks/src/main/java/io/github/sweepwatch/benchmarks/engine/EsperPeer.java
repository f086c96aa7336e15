package io.github.sweepwatch.benchmarks.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import io.github.sweepwatch.event.ConnectionEvent;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/**
 * Esper with a rule of the {@code spl} policy's kind: more than 20 distinct destinations or more
 * than 100 events of a source within 5 minutes. Time is the events' own. It keeps the window's
 * events, so each becomes an object array of its own.
 */
final class EsperPeer implements Subject {
  private static final String TYPE = "Contact";
  private static final String RULE =
      "@public @buseventtype create objectarray schema Contact"
          + " (source java.lang.Object, target java.lang.Object, millis long);\n"
          + "@name('rule') select source, count(distinct target) as targets, count(*) as events"
          + " from Contact#ext_timed(millis, 5 min) group by source"
          + " having count(distinct target) > 20 or count(*) > 100;\n";

  private final LongAdder matches = new LongAdder();
  private final EPRuntime runtime;
  private final EPEventService events;

  EsperPeer() {
    Configuration configuration = new Configuration();
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    runtime = EPRuntimeProvider.getRuntime(UUID.randomUUID().toString(), configuration);
    events = runtime.getEventService();
    try {
      EPCompiled rule =
          EPCompilerProvider.getCompiler().compile(RULE, new CompilerArguments(configuration));
      String deployment = runtime.getDeploymentService().deploy(rule).getDeploymentId();
      runtime
          .getDeploymentService()
          .getStatement(deployment, "rule")
          .addListener((newer, older, statement, from) -> count(newer));
    } catch (EPCompileException | EPDeployException e) {
      throw new IllegalStateException("the rule does not compile", e);
    }
  }

  private void count(EventBean[] rows) {
    matches.add(rows.length);
  }

  @Override
  public void observe(ConnectionEvent event) {
    events.sendEventObjectArray(
        new Object[] {event.source(), event.destination(), event.timeMicros() / 1_000}, TYPE);
  }

  /** How many events found their source over one of the limits. */
  long matches() {
    return matches.sum();
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
