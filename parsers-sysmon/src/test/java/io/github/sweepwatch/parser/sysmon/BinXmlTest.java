package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BinXmlTest {
  private final ByteBuffer chunk =
      ByteBuffer.wrap(new byte[1 << 16]).order(ByteOrder.LITTLE_ENDIAN);
  private final BinXml xml = new BinXml();

  private String write() {
    byte[] bytes = new byte[chunk.capacity()];
    chunk.get(0, bytes);
    xml.write(bytes, 0, chunk.position());
    return new String(xml.text().bytes(), 0, xml.text().length(), StandardCharsets.UTF_8);
  }

  private String problem() {
    return String.valueOf(assertThrows(MalformedXml.class, this::write).getMessage());
  }

  private void name(String name) {
    chunk.putInt(chunk.position() + 4).putInt(0).putShort((short) 0);
    string(name);
    chunk.putShort((short) 0);
  }

  private void string(String text) {
    chunk.putShort((short) text.length()).put(text.getBytes(StandardCharsets.UTF_16LE));
  }

  private void open(String name, boolean attributes) {
    chunk.put((byte) (attributes ? 0x41 : 1)).putShort((short) -1).putInt(0);
    name(name);
    if (attributes) {
      chunk.putInt(0);
    }
  }

  @Test
  void everyKindOfContent() {
    chunk.put(new byte[] {0x0f, 1, 1, 0});
    open("a", true);
    chunk.put((byte) 6);
    name("b");
    chunk.put((byte) 0x45).put((byte) 1);
    string("<");
    chunk.put((byte) 8).putShort((short) 65);
    chunk.put((byte) 2);
    chunk.put((byte) 7);
    string("x & y");
    chunk.put((byte) 9);
    name("amp");
    chunk.put((byte) 0x0a);
    name("pi");
    chunk.put((byte) 0x0b);
    string("data");
    chunk.put((byte) 0x0d).putShort((short) 3).put((byte) 1);
    open("c", false);
    chunk.put((byte) 3);
    chunk.put((byte) 4).put((byte) 0);
    assertEquals("<a b=\"&lt;A\">x &amp; y&amp;<c/></a>", write());
  }

  /** A template whose only value is binary XML without a template of its own. */
  @Test
  void elementsWithinAValue() {
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(10);
    int size = 4 + 1;
    chunk.putInt(0).put(new byte[16]).putInt(size);
    chunk.put((byte) 0x0e).putShort((short) 0).put((byte) 0x21).put((byte) 0);
    chunk.putInt(1);
    int descriptor = chunk.position();
    chunk.putInt(0);
    int from = chunk.position();
    chunk.put((byte) 1).putInt(20);
    name("d");
    chunk.put((byte) 2).put((byte) 5).put((byte) 1);
    string("e");
    chunk.put((byte) 4);
    chunk.putShort(descriptor, (short) (chunk.position() - from)).put(descriptor + 2, (byte) 0x21);
    chunk.put((byte) 0);
    assertEquals("<d>e</d>", write());
  }

  @Test
  void aTemplateWithinItself() {
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(10);
    chunk.putInt(0).put(new byte[16]).putInt(14);
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(10).putInt(0);
    chunk.putInt(0);
    assertEquals("nested deeper than 64", problem());
  }

  @Test
  void referencesBeyondTheChunk() {
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(1 << 20);
    assertEquals("a reference beyond its chunk", problem());
    chunk.position(0);
    chunk.put((byte) 1).putShort((short) 0).putInt(0).putInt((1 << 16) - 9).putInt(0);
    chunk.putShort((1 << 16) - 3, (short) 9000);
    assertEquals("a name beyond its chunk", problem());
    chunk.position(0);
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(10).put(new byte[20]).putInt(1 << 20);
    assertEquals("a template beyond its chunk", problem());
    chunk.position(0);
    chunk
        .put((byte) 0x0c)
        .put((byte) 1)
        .putInt(7)
        .putInt(10)
        .put(new byte[20])
        .putInt(0)
        .putInt(-1);
    assertEquals("more values than there is room for: 4294967295", problem());
  }

  @Test
  void whatIsNoBinaryXml() {
    chunk.put((byte) 0x3f);
    assertEquals("an unknown token 63", problem());
    chunk.position(0);
    chunk.put((byte) 5).put((byte) 8);
    assertEquals("a value that is no text: type 8", problem());
    chunk.position(0);
    open("a", false);
    chunk.put((byte) 5);
    assertEquals("a start tag without end", problem());
    chunk.position(0);
    chunk.put((byte) 7);
    assertEquals("it ends too early", problem());
  }

  @Test
  void stepsAndTextAreBounded() {
    for (int i = 0; i < 3000; i++) {
      chunk.put(new byte[] {0x0f, 1, 1, 0});
      chunk.put(new byte[] {0x0f, 1, 1, 0});
      chunk.put(new byte[] {0x0f, 1, 1, 0});
      chunk.put(new byte[] {0x0f, 1, 1, 0});
    }
    assertEquals("more than 10000 tokens", problem());
    chunk.position(0);
    int substitutions = 100;
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7).putInt(10);
    chunk.putInt(0).put(new byte[16]).putInt(4 * substitutions + 1);
    for (int i = 0; i < substitutions; i++) {
      chunk.put((byte) 0x0d).putShort((short) 0).put((byte) 1);
    }
    chunk.put((byte) 0).putInt(1).putShort((short) 60_000).put((byte) 1).put((byte) 0);
    for (int i = 0; i < 30_000; i++) {
      chunk.putShort((short) 'x');
    }
    assertEquals("its text is longer than the limit of 524288 bytes", problem());
  }
}
