package io.github.sweepwatch.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sweepwatch.parser.sysmon.WindowsParserProvider;
import io.github.sweepwatch.spi.ParserContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sysmon events in XML and JSON to connection events, from memory, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class WindowsBenchmark {
  private static final ParserContext CONTEXT =
      ParserContext.of("benchmark", LocalDate.of(2026, 11, 24));

  private final JsonFactory json = new JsonFactory();
  private final XMLInputFactory xml = XMLInputFactory.newInstance();
  private byte[] xmlLog = {};
  private byte[] jsonLog = {};

  /** Makes the logs. */
  @Setup
  public void load() {
    xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    xmlLog = WindowsLog.xml();
    jsonLog = WindowsLog.json();
  }

  /**
   * This library's parser of XML.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatchXml(Measured measured) {
    return sweepwatch(xmlLog, measured);
  }

  /**
   * This library's parser of JSON.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatchJson(Measured measured) {
    return sweepwatch(jsonLog, measured);
  }

  private static long sweepwatch(byte[] log, Measured measured) {
    Measured.Sum sum = new Measured.Sum();
    long lines = LineFraming.parse(log, new WindowsParserProvider().open(CONTEXT), sum);
    measured.pass(log.length, lines);
    return sum.value();
  }

  /**
   * The JDK's streaming parser going over the tokens of the whole log, as one document, and doing
   * nothing with them: no values, no events.
   *
   * @param measured the counters
   * @return the number of tokens
   * @throws XMLStreamException never
   */
  @Benchmark
  public long staxTokens(Measured measured) throws XMLStreamException {
    long tokens = 0;
    long records = 0;
    InputStream document =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(text("<Events>"), new ByteArrayInputStream(xmlLog), text("</Events>"))));
    XMLStreamReader reader = xml.createXMLStreamReader(document, "UTF-8");
    int depth = 0;
    while (reader.hasNext()) {
      int token = reader.next();
      tokens++;
      if (token == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (token == XMLStreamConstants.END_ELEMENT && --depth == 1) {
        records++;
      }
    }
    reader.close();
    measured.pass(xmlLog.length, records);
    return tokens;
  }

  /**
   * Jackson's streaming parser going over the tokens of the whole log and doing nothing with them:
   * no lines, no values, no events.
   *
   * @param measured the counters
   * @return the number of tokens
   * @throws IOException never
   */
  @Benchmark
  public long jacksonTokens(Measured measured) throws IOException {
    long tokens = 0;
    long records = 0;
    try (JsonParser parser = json.createParser(jsonLog)) {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        tokens++;
        if (token == JsonToken.END_OBJECT) {
          records++;
        }
      }
    }
    measured.pass(jsonLog.length, records);
    return tokens;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}
