#include "CTorchDevice.h"

#include <dlfcn.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/headeronly/version.h>

#include "Support.hpp"

using namespace ctorch;

namespace {

/// "2.13.0" from the version packed into a number, major in the highest byte.
std::string version_from(uint64_t packed) {
  return std::to_string(packed >> 56) + "." + std::to_string((packed >> 48) & 0xff) + "." +
         std::to_string((packed >> 40) & 0xff);
}

/// CUDA's kernels register themselves when their library is loaded. The command is linked to the
/// CPU library alone, so that starting it does not load gigabytes; this loads the rest on demand.
void load_cuda() {
#ifdef __linux__
  static void *library = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
  (void)library;
#endif
}

}  // namespace

const char *ct_compiled_version(void) { return TORCH_VERSION; }

const char *ct_loaded_version(void) {
  static const std::string version = version_from(aoti_torch_abi_version());
  return version.c_str();
}

const char *ct_build_description(void) {
  static const std::string description = at::show_config();
  return description.c_str();
}

int32_t ct_cuda_device_count(void) {
  return guarded<int32_t>(0, [&]() -> int32_t {
    load_cuda();
    return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0;
  });
}

bool ct_mps_is_available(void) {
  return guarded<bool>(false, [&] { return at::hasMPS(); });
}

int32_t ct_synchronize(int32_t device_type, int32_t device_index) {
  return guarded<int32_t>(-1, [&] {
    c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    if (!device.is_cpu()) c10::impl::getDeviceGuardImpl(device.type())->synchronizeDevice(device.index());
    return 0;
  });
}

int32_t ct_thread_count(void) { return at::get_num_threads(); }
void ct_set_thread_count(int32_t count) { at::set_num_threads(count); }
