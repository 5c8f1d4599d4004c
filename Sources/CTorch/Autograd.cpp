#include <cstdlib>

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include "CTorchAutograd.h"
#include "Support.hpp"

using namespace ctorch;
using torch::autograd::variable_list;

namespace {

variable_list borrow_all(const ct_tensor *tensors, size_t count) {
  variable_list list;
  list.reserve(count);
  for (size_t index = 0; index < count; ++index) list.push_back(borrow(tensors[index]));
  return list;
}

/// A node of the autograd graph whose backward is a C function.
struct ForeignNode : torch::autograd::Node {
  std::string label;
  ct_backward_function function;
  void (*release_context)(void *);
  void *context;

  ForeignNode(const char *label, ct_backward_function function, void (*release)(void *), void *context)
      : label(label), function(function), release_context(release), context(context) {}

  ~ForeignNode() override { release_variables(); }

  /// Called when a backward pass that keeps no graph has left this node, as for libtorch's own saved
  /// tensors: memory falls as the pass goes on, not only when the loss is let go.
  void release_variables() override {
    if (context != nullptr) release_context(context);
    context = nullptr;
  }

  std::string name() const override { return label; }

  variable_list apply(variable_list &&seeds) override {
    TORCH_CHECK(context != nullptr, "backward of ", label,
                ": a second time through a graph that the first pass did not retain");
    std::vector<ct_tensor> lent(seeds.size());
    for (size_t index = 0; index < seeds.size(); ++index) {
      lent[index] = seeds[index].defined()
          ? reinterpret_cast<ct_tensor>(seeds[index].unsafeGetTensorImpl()) : nullptr;
    }
    std::vector<ct_tensor> given(num_outputs(), nullptr);
    char *message = function(context, lent.data(), lent.size(), given.data(), given.size());
    variable_list gradients;
    for (ct_tensor tensor : given) {
      gradients.push_back(borrow(tensor));
      ct_tensor_release(tensor);
    }
    if (message != nullptr) {
      std::string text(message);
      std::free(message);
      TORCH_CHECK(false, "backward of ", label, ": ", text);
    }
    return gradients;
  }
};

/// Nodes are held by std::shared_ptr up to libtorch 2.12 or so and by c10::intrusive_ptr after.
using NodePointer = decltype(torch::autograd::Edge::function);

template <typename Pointer, typename... Arguments>
Pointer make_node(Arguments... arguments) {
  if constexpr (std::is_same_v<Pointer, std::shared_ptr<torch::autograd::Node>>) {
    return std::make_shared<ForeignNode>(arguments...);
  } else {
    return c10::make_intrusive<ForeignNode>(arguments...);
  }
}

}  // namespace

bool ct_tensor_requires_gradient(ct_tensor tensor) { return look(tensor)->requires_grad(); }

int32_t ct_tensor_set_requires_gradient(ct_tensor tensor, bool value) {
  return guarded<int32_t>(-1, [&] {
    borrow(tensor).set_requires_grad(value);
    return 0;
  });
}

bool ct_tensor_is_leaf(ct_tensor tensor) { return borrow(tensor).is_leaf(); }
ct_tensor ct_tensor_gradient(ct_tensor tensor) { return give(borrow(tensor).grad()); }

int32_t ct_tensor_set_gradient(ct_tensor tensor, ct_tensor gradient) {
  return guarded<int32_t>(-1, [&] {
    borrow(tensor).mutable_grad() = borrow(gradient);
    return 0;
  });
}

bool ct_gradient_mode(void) { return at::GradMode::is_enabled(); }
void ct_set_gradient_mode(bool enabled) { at::GradMode::set_enabled(enabled); }
void ct_set_anomaly_mode(bool enabled) { torch::autograd::AnomalyMode::set_enabled(enabled, true); }

int32_t ct_backward(ct_tensor tensor, ct_tensor seed, bool retain_graph, bool create_graph) {
  return guarded<int32_t>(-1, [&] {
    torch::autograd::backward({borrow(tensor)}, {borrow(seed)}, retain_graph, create_graph);
    return 0;
  });
}

int32_t ct_gradients(const ct_tensor *outputs, const ct_tensor *seeds, size_t output_count,
                     const ct_tensor *inputs, size_t input_count, bool retain_graph,
                     bool create_graph, bool allow_unused, ct_tensor *gradients) {
  return guarded<int32_t>(-1, [&] {
    variable_list found =
        torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                              borrow_all(seeds, output_count), retain_graph, create_graph, allow_unused);
    for (size_t index = 0; index < input_count; ++index) gradients[index] = give(std::move(found[index]));
    return 0;
  });
}

int32_t ct_function(const char *name, const ct_tensor *inputs, size_t input_count,
                    const ct_tensor *outputs, size_t output_count, ct_backward_function backward,
                    void (*release)(void *context), void *context, ct_tensor *joined) {
  NodePointer node = make_node<NodePointer>(name, backward, release, context);
  return guarded<int32_t>(-1, [&] {
    variable_list sources = borrow_all(inputs, input_count);
    const bool recording = at::GradMode::is_enabled() && torch::autograd::any_variable_requires_grad(sources);
    if (recording) node->set_next_edges(torch::autograd::collect_next_edges(sources));
    for (size_t index = 0; index < output_count; ++index) {
      at::Tensor output = borrow(outputs[index]).detach();
      if (recording) torch::autograd::set_history(output, node);
      joined[index] = give(std::move(output));
    }
    return 0;
  });
}
