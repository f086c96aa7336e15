package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A policy's name, or a file that holds one. */
final class PolicyConverter implements ITypeConverter<DetectionPolicy> {
  private static final int MOST_BYTES = 1 << 20;

  @Override
  public DetectionPolicy convert(String name) {
    return switch (name) {
      case "default" -> DetectionPolicy.defaults();
      case "spl" -> DetectionPolicy.spl();
      default -> read(name);
    };
  }

  private static DetectionPolicy read(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new TypeConversionException(name + ": longer than 1 MiB, and so no policy");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return PolicyReader.read(name, text);
    } catch (YamlProblem e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw new TypeConversionException(name + ": not in UTF-8");
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new TypeConversionException(
          "'" + name + "' is neither default nor spl, nor a file that is there");
    } catch (IOException e) {
      throw new TypeConversionException(name + ": cannot be read: " + e.getMessage());
    }
  }
}
