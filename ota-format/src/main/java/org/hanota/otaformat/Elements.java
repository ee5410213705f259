// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * The elements of an image in their order. They are walked anew for each iteration and never
 * stored, so that a file of a billion empty elements needs no more heap than one of a single one.
 */
public final class Elements implements Iterable<Element> {
  private final OctetSource file;
  private final long start;
  private final long end;
  private final long count;
  private final long walked;
  private final boolean overrun;

  private Elements(OctetSource file, long start, long end) {
    this.file = file;
    this.start = start;
    this.end = end;
    Cursor cursor = new Cursor(file, start, end);
    long seen = 0;
    while (cursor.advance()) {
      seen++;
    }
    this.count = seen;
    this.walked = cursor.position;
    this.overrun = cursor.overrun;
  }

  /** Walks the octets {@code start .. end - 1} of {@code file}. */
  static Elements walk(OctetSource file, long start, long end) {
    return new Elements(file, start, end);
  }

  /** How many there are, one that runs past the end included. */
  public long count() {
    return count;
  }

  /** Whether the last one's stated length reaches past the end of the image. */
  public boolean overrun() {
    return overrun;
  }

  /** Where the last one ends, in octets from the start of what was read. */
  public long endOffset() {
    return walked;
  }

  /** Octets behind the last element that are too few for another. */
  public int leftOver() {
    return (int) (end - walked);
  }

  /** The first element with {@code tag}. */
  public Optional<Element> first(ElementTag tag) {
    Cursor cursor = cursor();
    while (cursor.advance()) {
      if (cursor.tag == tag.value()) {
        return Optional.of(cursor.element());
      }
    }
    return Optional.empty();
  }

  /** The last element with {@code tag}. */
  public Optional<Element> last(ElementTag tag) {
    Cursor cursor = cursor();
    Optional<Element> last = Optional.empty();
    while (cursor.advance()) {
      if (cursor.tag == tag.value()) {
        last = Optional.of(cursor.element());
      }
    }
    return last;
  }

  /** The last element. */
  public Optional<Element> last() {
    Cursor cursor = cursor();
    long left = count;
    while (cursor.advance()) {
      if (--left == 0) {
        return Optional.of(cursor.element());
      }
    }
    return Optional.empty();
  }

  /** All of them at once, for whoever knows that they are few. */
  public List<Element> toList() {
    List<Element> list = new ArrayList<>();
    forEach(list::add);
    return List.copyOf(list);
  }

  @Override
  public Iterator<Element> iterator() {
    Cursor cursor = cursor();
    return new Iterator<>() {
      private boolean ready = cursor.advance();

      @Override
      public boolean hasNext() {
        return ready;
      }

      @Override
      public Element next() {
        if (!ready) {
          throw new NoSuchElementException("no more elements");
        }
        Element element = cursor.element();
        ready = cursor.advance();
        return element;
      }
    };
  }

  Cursor cursor() {
    return new Cursor(file, start, end);
  }

  /** Steps from tag to tag; reads a source that is no array by windows, not octet by octet. */
  static final class Cursor {
    /** A memory page: small against any heap, large against an element's six octets. */
    private static final int WINDOW = 4096;

    private final OctetSource file;
    private final long end;
    private Octets window;
    private long windowStart;
    long position;
    int tag;
    long offset;
    long length;
    boolean overrun;

    private Cursor(OctetSource file, long start, long end) {
      this.file = file;
      this.end = end;
      this.position = start;
      this.window = file instanceof Octets whole ? whole : Octets.EMPTY;
    }

    /** Moves to the next element; false at the end. */
    boolean advance() {
      if (overrun || end - position < Element.HEADER_LENGTH) {
        return false;
      }
      int at = (int) (position - windowStart);
      if (position - windowStart > window.length() - Element.HEADER_LENGTH) {
        windowStart = position;
        window = file.octets(position, (int) Math.min(WINDOW, end - position));
        at = 0;
      }
      tag = window.uint16le(at);
      length = window.uint32le(at + 2);
      offset = position;
      position += Element.HEADER_LENGTH;
      overrun = length > end - position;
      position = overrun ? end : position + length;
      return true;
    }

    Element element() {
      long data = offset + Element.HEADER_LENGTH;
      return new Element(
          new ElementTag(tag),
          offset,
          length,
          Section.of(file, data, Math.min(length, end - data)));
    }
  }
}
