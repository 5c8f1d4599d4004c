#include <ATen/autocast_mode.h>

#include "CTorchAutocast.h"
#include "CTorchDevice.h"
#include "Support.hpp"

using namespace ctorch;

bool ct_autocast_is_available(int32_t device_type) {
  return guarded<bool>(false, [&] {
    const auto type = static_cast<c10::DeviceType>(device_type);
    if (!at::autocast::is_autocast_available(type)) return false;
    return type != c10::DeviceType::CUDA || ct_cuda_device_count() > 0;
  });
}

int32_t ct_autocast_begin(int32_t device_type) {
  return guarded<int32_t>(-1, [&] {
    const auto type = static_cast<c10::DeviceType>(device_type);
    at::autocast::set_autocast_enabled(type, true);
    at::autocast::set_autocast_dtype(type, at::kBFloat16);
    return 0;
  });
}

int32_t ct_autocast_end(int32_t device_type) {
  return guarded<int32_t>(-1, [&] {
    at::autocast::set_autocast_enabled(static_cast<c10::DeviceType>(device_type), false);
    at::autocast::clear_cache();
    return 0;
  });
}
