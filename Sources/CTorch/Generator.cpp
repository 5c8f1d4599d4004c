#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include "CTorchDevice.h"
#include "CTorchGenerator.h"
#include "Support.hpp"

using namespace ctorch;

static at::Generator &generator_of(ct_generator generator) {
  return *reinterpret_cast<at::Generator *>(generator);
}

ct_generator ct_generator_create(int32_t device_type, int32_t device_index, uint64_t seed) {
  return guarded<ct_generator>(nullptr, [&] {
    c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    if (device.is_cuda()) ct_cuda_device_count();
    at::Generator generator = device.is_cpu() ? at::detail::createCPUGenerator(seed)
                                              : at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return reinterpret_cast<ct_generator>(new at::Generator(std::move(generator)));
  });
}

void ct_generator_release(ct_generator generator) { delete &generator_of(generator); }

ct_tensor ct_generator_state(ct_generator generator) {
  return guarded<ct_tensor>(nullptr, [&] {
    std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
    return give(generator_of(generator).get_state());
  });
}

int32_t ct_generator_set_state(ct_generator generator, ct_tensor state) {
  return guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
    generator_of(generator).set_state(borrow(state));
    return 0;
  });
}
