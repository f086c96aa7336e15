package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import org.jspecify.annotations.Nullable;

/** Finds an event's fields in JSON, in whatever objects a collector puts them. Not thread-safe. */
final class EventJson {
  /** Takes the events that a text holds. */
  interface Events {
    /** An event's fields are known. */
    void event();
  }

  private final JsonCursor cursor = new JsonCursor();
  private final Scope[] scopes = new Scope[JsonCursor.MAX_DEPTH + 2];
  private final EventRecord fields;
  private final NameTable names;

  // Of a pair, what came of it.
  private @Nullable FieldName pairName;
  private int pairFrom;
  private int pairTo;
  private boolean pairValued;
  private boolean pairEscaped;

  EventJson(EventRecord fields, NameTable names) {
    this.fields = fields;
    this.names = names;
  }

  /**
   * Reads a text: one event, or a list of them. Those of a list are handed on as they come.
   *
   * @return null, or why it is no JSON
   */
  @Nullable String read(byte[] bytes, int from, int to, Events events) {
    cursor.reset(bytes, from, to);
    JsonToken first = cursor.next();
    boolean whole;
    if (first == JsonToken.BEGIN_ARRAY) {
      list(bytes, events);
      whole = false;
    } else {
      fields.start();
      whole = first == JsonToken.BEGIN_OBJECT && !members(bytes, events, false);
    }
    if (cursor.next() != JsonToken.END) {
      return cursor.problem();
    }
    if (whole) {
      events.event();
    }
    return null;
  }

  /* The elements of a list that was just begun. */
  private void list(byte[] bytes, Events events) {
    int outside = cursor.depth() - 1;
    JsonToken token;
    while (cursor.depth() > outside && (token = cursor.next()) != JsonToken.INVALID) {
      if (token == JsonToken.BEGIN_OBJECT) {
        fields.start();
        members(bytes, events, true);
        if (cursor.problem().isEmpty()) {
          events.event();
        }
      } else if (token != JsonToken.END_ARRAY) {
        cursor.skip(token);
      }
    }
  }

  /* The members of an object that was just begun. Returns whether it was only a list's envelope. */
  private boolean members(byte[] bytes, Events events, boolean inList) {
    int outside = cursor.depth() - 1;
    int top = outside + 1;
    scopes[top] = Scope.EVENT;
    boolean envelope = false;
    FieldName name = FieldName.NONE;
    while (true) {
      FieldName last = name;
      FieldName guess = names.following(last);
      int depth = cursor.depth();
      JsonToken token = cursor.next(guess.key());
      if (token == JsonToken.INVALID) {
        return envelope;
      }
      if (token == JsonToken.END_OBJECT) {
        if (scopes[depth] == Scope.PAIR) {
          endPair(bytes);
        }
        if (cursor.depth() == outside) {
          return envelope;
        }
        continue;
      }
      if (token == JsonToken.END_ARRAY) {
        continue;
      }
      Scope where = scopes[depth];
      if (where == Scope.LIST) {
        // An element of an array of pairs: its members have names, it has none.
        enter(token, Scope.PAIR);
        continue;
      }
      if (cursor.guessed() && guess.where() == where) {
        name = guess;
      } else {
        name = names.of(where, cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
        names.follows(last, name);
      }
      value(bytes, name, token, where);
      if (token == JsonToken.BEGIN_OBJECT) {
        enter(token, name.scope());
      } else if (token == JsonToken.BEGIN_ARRAY) {
        if (name.scope() == Scope.PAIR) {
          enter(token, Scope.LIST);
        } else if (name.scope() == Scope.LIST && depth == top && !inList) {
          list(bytes, events);
          scopes[top] = Scope.EVENT;
          envelope = true;
        } else {
          cursor.skip(token);
        }
      }
    }
  }

  private void enter(JsonToken token, Scope scope) {
    if (scope == Scope.OTHER || (token != JsonToken.BEGIN_OBJECT && scope != Scope.LIST)) {
      cursor.skip(token);
      return;
    }
    scopes[cursor.depth()] =
        token == JsonToken.BEGIN_OBJECT && scope == Scope.LIST ? Scope.EVENT : scope;
    pairName = null;
    pairValued = false;
  }

  private void value(byte[] bytes, FieldName name, JsonToken token, Scope where) {
    switch (token) {
      case STRING, NUMBER, TRUE, FALSE -> {
        boolean hasEscapes = token == JsonToken.STRING && cursor.isEscaped();
        if (name.field() != null) {
          fields.put(name.field(), name.rank(), bytes, cursor.from(), cursor.to(), hasEscapes);
        }
        if (where == Scope.PAIR && name.half() == FieldName.Half.NAME && !hasEscapes) {
          pairName = names.of(Scope.EVENT, bytes, cursor.from(), cursor.to());
        } else if (where == Scope.PAIR && name.half() == FieldName.Half.VALUE) {
          pairValued = true;
          pairFrom = cursor.from();
          pairTo = cursor.to();
          pairEscaped = hasEscapes;
        }
      }
      default -> {}
    }
  }

  private void endPair(byte[] bytes) {
    FieldName name = pairName;
    if (name != null && name.field() != null && pairValued) {
      fields.put(name.field(), name.rank(), bytes, pairFrom, pairTo, pairEscaped);
    }
    pairName = null;
    pairValued = false;
  }
}
