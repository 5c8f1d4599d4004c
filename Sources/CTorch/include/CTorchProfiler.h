#ifndef CTORCH_PROFILER_H
#define CTORCH_PROFILER_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Something that took time; nanoseconds since the profile was started.
typedef struct {
  const char *name;
  int64_t start, duration;
  /// Events of one thread lie within one another.
  uint64_t thread;
  /// Whether it is a span of `ct_span_begin`, and whether it ran on a graphics processor.
  bool is_span, is_on_device;
} ct_event;

/// Begins to note what operators and spans take on this thread, and on the device if there is one.
int32_t ct_profiler_start(bool with_cuda);
/// Ends it, writes a trace in Chrome's format to a file and hands out the events.
int32_t ct_profiler_stop(const char *trace, void (*receive)(void *context, ct_event event), void *context);

/// A stretch of time under a name, for the profiler; next to free when none runs.
void *ct_span_begin(const char *name);
void ct_span_end(void *span);

#ifdef __cplusplus
}
#endif
#endif
