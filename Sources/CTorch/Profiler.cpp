#include "CTorchProfiler.h"

#include <fcntl.h>
#include <unistd.h>

#include <ATen/record_function.h>
#include <torch/csrc/autograd/profiler_kineto.h>

#include "Support.hpp"

using namespace ctorch;
namespace profiler = torch::autograd::profiler;
using torch::profiler::impl::ActivityType;
using torch::profiler::impl::ProfilerConfig;
using torch::profiler::impl::ProfilerState;

/// Kineto tells of its comings and goings on standard error, whatever its settings say; it is held shut
/// while one of these lives.
class Hush {
 public:
  Hush() : error_(dup(STDERR_FILENO)), nowhere_(open("/dev/null", O_WRONLY)) {
    if (error_ >= 0 && nowhere_ >= 0) dup2(nowhere_, STDERR_FILENO);
  }
  ~Hush() {
    if (error_ >= 0) dup2(error_, STDERR_FILENO);
    if (error_ >= 0) close(error_);
    if (nowhere_ >= 0) close(nowhere_);
  }

 private:
  const int error_, nowhere_;
};

int32_t ct_profiler_start(bool with_cuda) {
  return guarded<int32_t>(-1, [&] {
    const Hush hush;
    std::set<ActivityType> activities{ActivityType::CPU};
    if (with_cuda) activities.insert(ActivityType::CUDA);
    const ProfilerConfig config(ProfilerState::KINETO);
    profiler::prepareProfiler(config, activities);
    profiler::enableProfiler(config, activities);
    return 0;
  });
}

int32_t ct_profiler_stop(const char *trace, void (*receive)(void *context, ct_event event), void *context) {
  return guarded<int32_t>(-1, [&] {
    const Hush hush;
    const auto result = profiler::disableProfiler();
    result->save(trace);
    for (const auto &event : result->events()) {
      const std::string name = event.name();
      receive(context,
              ct_event{.name = name.c_str(),
                       .start = static_cast<int64_t>(event.startNs()) - static_cast<int64_t>(result->trace_start_ns()),
                       .duration = static_cast<int64_t>(event.durationNs()),
                       .thread = event.startThreadId(),
                       .is_span = event.scope() == static_cast<uint8_t>(at::RecordScope::USER_SCOPE),
                       .is_on_device = event.deviceType() != c10::DeviceType::CPU});
    }
    return 0;
  });
}

void *ct_span_begin(const char *name) {
  auto *span = new at::RecordFunction(at::RecordScope::USER_SCOPE);
  if (span->isActive()) span->before(std::string_view(name));
  return span;
}

void ct_span_end(void *span) { delete static_cast<at::RecordFunction *>(span); }
