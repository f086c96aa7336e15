package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The contacts of several sources with one service or one host in a window. Not thread-safe. */
final class JointContacts {
  /** Of what the sources ask for, at most one part in so many may be asked for again. */
  private static final int OVERLAP = 4;

  /** One contact. */
  record Contact(IpAddress source, IpAddress destination, long key, long tick) {
    /** What sources that share out a scan do not have in common. */
    int item(ScanType type) {
      return type == ScanType.DISTRIBUTED_HORIZONTAL
          ? ContactKey.host(key)
          : ContactKey.service(key);
    }
  }

  private final List<Contact> contacts;

  JointContacts(int capacity) {
    contacts = new ArrayList<>(capacity);
  }

  void add(IpAddress source, IpAddress destination, long key, long tick) {
    contacts.add(new Contact(source, destination, key, tick));
  }

  /** Leaves out the contacts of some sources. */
  void leaveOut(Predicate<IpAddress> sources) {
    contacts.removeIf(contact -> sources.test(contact.source()));
  }

  /** What a rule counts; 0 where one of its conditions is not met. */
  int count(JointRule rule) {
    Map<IpAddress, Set<Integer>> each = new HashMap<>();
    Set<Integer> items = new HashSet<>();
    for (Contact contact : contacts) {
      int item = contact.item(rule.type());
      items.add(item);
      each.computeIfAbsent(contact.source(), source -> new HashSet<>()).add(item);
    }
    int pairs = 0;
    int most = 0;
    for (Set<Integer> some : each.values()) {
      pairs += some.size();
      most = Math.max(most, some.size());
    }
    boolean shared =
        each.size() >= rule.minimumSources()
            && items.size() >= rule.minimumEach() * each.size()
            && 2 * most <= pairs
            && OVERLAP * (pairs - items.size()) <= pairs;
    return shared ? items.size() : 0;
  }

  /** Adds all contacts to the incident that they make, and their sources. */
  void addTo(Incident incident, long latestTick) {
    long[] words = new long[contacts.size()];
    for (int i = 0; i < words.length; i++) {
      Contact contact = contacts.get(i);
      long age = Math.max(0, latestTick - contact.tick());
      words[i] = contact.key() << ContactKey.STAMP_BITS | age;
      incident.accompany(contact.source());
      incident.recall(contact.destination(), ContactKey.service(contact.key()), false);
    }
    incident.count(words, words.length, latestTick, null);
  }
}
