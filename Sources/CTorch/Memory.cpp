// Memory of large tensors on the CPU, kept for the next tensor of about the same size.
//
// A training step allocates and frees the same sizes again and again. malloc gives large blocks back to
// the system at once, and the next step pays for them with a page fault every 4 KiB: a tenth of the time
// of a step of SFNet-20. Here a block that is freed stays, and asks for huge pages.
#include "CTorchMemory.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

namespace {

/// Smaller ones are malloc's, which is good at them.
constexpr size_t smallest_kept = size_t(128) << 10;
constexpr size_t huge_page = size_t(2) << 20;
/// Before the memory of each tensor: its size. As much as the alignment that kernels hope for.
constexpr size_t header = 64;

size_t rounded_up(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

/// Sizes fall into eight classes per power of two, so that a block fits tensors a little larger.
size_t size_class(size_t size) {
  size_t octave = smallest_kept;
  while (octave * 2 <= size) octave *= 2;
  return rounded_up(size, octave / 8);
}

void *map_memory(size_t size) {
  const size_t alignment = size >= huge_page ? huge_page : 0;
  void *region = mmap(nullptr, size + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (region == MAP_FAILED) return nullptr;
  if (alignment == 0) return region;
  char *start = reinterpret_cast<char *>(rounded_up(reinterpret_cast<size_t>(region), alignment));
  const size_t before = start - static_cast<char *>(region), after = alignment - before;
  if (before > 0) munmap(region, before);
  if (after > 0) munmap(start + size, after);
#ifdef MADV_HUGEPAGE
  madvise(start, size, MADV_HUGEPAGE);
#endif
  return start;
}

class RecyclingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t count) override {
    void *memory = count == 0 ? nullptr : take(count);
    return {memory, memory, &give_back, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

  void copy_data(void *destination, const void *source, size_t count) const override {
    default_copy_data(destination, source, count);
  }

  size_t idle_bytes() {
    std::lock_guard lock(mutex_);
    return idle_bytes_;
  }

  void release_idle(size_t allowed) {
    std::lock_guard lock(mutex_);
    release_down_to(allowed);
  }

 private:
  std::mutex mutex_;
  std::multimap<size_t, void *> idle_;
  size_t idle_bytes_ = 0, live_bytes_ = 0;

  void *take(size_t count) {
    if (count >= SIZE_MAX / 2) fail(count);
    const size_t wanted = count + header;
    const size_t size = wanted < smallest_kept ? 0 : size_class(wanted);
    void *block = nullptr;
    if (size == 0) {
      if (posix_memalign(&block, header, wanted) != 0) fail(count);
      memcpy(block, &size, sizeof size);
    } else {
      block = take_large(size, count);
    }
    return static_cast<char *>(block) + header;
  }

  /// An idle block at most a quarter too large, or a new one.
  void *take_large(size_t size, size_t count) {
    std::lock_guard lock(mutex_);
    const auto found = idle_.lower_bound(size);
    if (found != idle_.end() && found->first <= size + size / 4) {
      void *block = found->second;
      idle_bytes_ -= found->first;
      live_bytes_ += found->first;
      idle_.erase(found);
      return block;
    }
    // What lies idle never exceeds what is in use, so that the whole stays under twice the need.
    release_down_to(live_bytes_);
    void *block = map_memory(size);
    if (block == nullptr) {
      release_down_to(0);
      block = map_memory(size);
    }
    if (block == nullptr) fail(count);
    live_bytes_ += size;
    memcpy(block, &size, sizeof size);
    return block;
  }

  /// Largest blocks first.
  void release_down_to(size_t allowed) {
    while (idle_bytes_ > allowed) {
      const auto last = std::prev(idle_.end());
      munmap(last->second, last->first);
      idle_bytes_ -= last->first;
      idle_.erase(last);
    }
  }

  [[noreturn]] static void fail(size_t count) {
    C10_THROW_ERROR(OutOfMemoryError, "there is no memory for a tensor of " + std::to_string(count) + " bytes");
  }

  static void give_back(void *memory);
};

/// Never destroyed: tensors may outlive every static object.
RecyclingAllocator &allocator() {
  static RecyclingAllocator *instance = new RecyclingAllocator;
  return *instance;
}

void RecyclingAllocator::give_back(void *memory) {
  if (memory == nullptr) return;
  void *block = static_cast<char *>(memory) - header;
  size_t size;
  memcpy(&size, block, sizeof size);
  if (size == 0) return free(block);
  RecyclingAllocator &owner = allocator();
  std::lock_guard lock(owner.mutex_);
  owner.idle_.emplace(size, block);
  owner.idle_bytes_ += size;
  owner.live_bytes_ -= size;
}

/// In place before the first tensor; ANGULARMARGIN_MALLOC=1 leaves libtorch its own, as memory checkers need.
const bool is_installed = [] {
  const char *wish = getenv("ANGULARMARGIN_MALLOC");
  if (wish != nullptr && strcmp(wish, "1") == 0) return false;
  c10::SetCPUAllocator(&allocator(), 1);
  return true;
}();

}  // namespace

int64_t ct_idle_memory(void) { return is_installed ? static_cast<int64_t>(allocator().idle_bytes()) : 0; }
void ct_release_idle_memory(void) { allocator().release_idle(0); }
