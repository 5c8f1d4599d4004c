// libtorch's operators run on OpenMP's threads, which wait for the next one by spinning. Threads of another
// pool would have to share the processors with them. So work of ours goes to the same threads, by the
// function that GCC's compiler calls for a parallel region; libtorch brings the library it is in.
#include "CTorchParallel.h"

#include <dlfcn.h>

#include <ATen/Parallel.h>

namespace {

using Region = void (*)(void (*)(void *), void *, unsigned, unsigned);
using Count = int (*)();

struct OpenMP {
  Region region = reinterpret_cast<Region>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
  Count thread = reinterpret_cast<Count>(dlsym(RTLD_DEFAULT, "omp_get_thread_num"));
  Count threads = reinterpret_cast<Count>(dlsym(RTLD_DEFAULT, "omp_get_num_threads"));
  bool is_there() const { return region && thread && threads; }
};

const OpenMP &openmp() {
  static const OpenMP instance;
  return instance;
}

struct Work {
  int64_t count;
  void (*body)(void *, int64_t);
  void *context;
};

void run_share(void *pointer) {
  const Work &work = *static_cast<Work *>(pointer);
  const int64_t thread = openmp().thread(), threads = openmp().threads();
  for (int64_t i = work.count * thread / threads; i < work.count * (thread + 1) / threads; ++i) {
    work.body(work.context, i);
  }
}

}  // namespace

bool ct_parallel(int64_t count, void (*body)(void *context, int64_t index), void *context) {
  if (!openmp().is_there() || at::in_parallel_region()) return false;
  Work work{count, body, context};
  openmp().region(run_share, &work, static_cast<unsigned>(std::min<int64_t>(count, at::get_num_threads())), 0);
  return true;
}
