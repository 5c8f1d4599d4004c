#include <ATen/ops/from_blob.h>

#include "Support.hpp"

using namespace ctorch;

ct_tensor ct_tensor_retain(ct_tensor tensor) {
  c10::raw::intrusive_ptr::incref(look(tensor));
  return tensor;
}

void ct_tensor_release(ct_tensor tensor) {
  if (tensor != nullptr) c10::raw::intrusive_ptr::decref(look(tensor));
}

ct_tensor ct_tensor_from_memory(void *memory, const int64_t *shape, size_t rank, int32_t scalar_type,
                                void (*release)(void *context), void *context) {
  return guarded<ct_tensor>(nullptr, [&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(scalar_type));
    return give(at::from_blob(
        memory, at::IntArrayRef(shape, rank), [release, context](void *) { release(context); }, options));
  });
}

int64_t ct_tensor_rank(ct_tensor tensor) { return look(tensor)->dim(); }
int64_t ct_tensor_size(ct_tensor tensor, int64_t dimension) { return look(tensor)->size(dimension); }
int64_t ct_tensor_stride(ct_tensor tensor, int64_t dimension) { return look(tensor)->stride(dimension); }
int64_t ct_tensor_count(ct_tensor tensor) { return look(tensor)->numel(); }

int32_t ct_tensor_scalar_type(ct_tensor tensor) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(look(tensor)->dtype()));
}

int32_t ct_tensor_device_type(ct_tensor tensor) {
  return static_cast<int32_t>(look(tensor)->device().type());
}

int32_t ct_tensor_device_index(ct_tensor tensor) { return look(tensor)->device().index(); }
bool ct_tensor_is_contiguous(ct_tensor tensor) { return look(tensor)->is_contiguous(); }

void *ct_tensor_memory(ct_tensor tensor) {
  return guarded<void *>(nullptr, [&] { return look(tensor)->mutable_data(); });
}

bool ct_tensor_is_same(ct_tensor first, ct_tensor second) { return first == second; }
