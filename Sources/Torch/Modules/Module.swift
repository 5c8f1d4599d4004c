/// Something with named tensors: parameters that are learned, buffers that are carried along.
///
/// Modules are values. A copy shares its tensors with the original until some are replaced, and so a
/// network can be called with other parameters than its own:
///
/// ```swift
/// let stepped = try zip(network.parameters, gradients).map { try $0.tensor - 0.1 * $1 }
/// let loss = try objective(network.with(parameters: stepped)(pictures))
/// ```
///
/// A module lists its tensors and its parts once, in ``visit(_:)``; everything else follows.
/// Names are those of PyTorch's state dictionaries: parts joined by full stops.
public protocol Module: Sendable {
    /// Shows every tensor and every part to the visitor, in a fixed order.
    mutating func visit(_ visitor: inout ModuleVisitor) throws
}

/// What ``Module/visit(_:)`` reports to.
public struct ModuleVisitor {
    public enum Role: Sendable {
        /// Learned by gradients.
        case parameter
        /// Kept with the parameters but not learned, such as running statistics.
        case buffer
    }

    private var path: [String] = []
    private let body: (String, Role, inout Tensor) throws -> Void
    private let toggleBody: (String, String, inout Bool) -> Void

    init(_ body: @escaping (String, Role, inout Tensor) throws -> Void) {
        self.body = body
        toggleBody = { _, _, _ in }
    }

    init(toggles: @escaping (_ path: String, _ name: String, inout Bool) -> Void) {
        body = { _, _, _ in }
        toggleBody = toggles
    }

    /// A choice that a part has beside its tensors and that may change: whether it is frozen.
    public func toggle(_ name: String, _ value: inout Bool) {
        toggleBody(path.joined(separator: "."), name, &value)
    }

    public func parameter(_ name: String, _ tensor: inout Tensor) throws {
        try body((path + [name]).joined(separator: "."), .parameter, &tensor)
    }

    public func parameter(_ name: String, _ tensor: inout Tensor?) throws {
        guard var present = tensor else { return }
        try parameter(name, &present)
        tensor = present
    }

    public func buffer(_ name: String, _ tensor: inout Tensor) throws {
        try body((path + [name]).joined(separator: "."), .buffer, &tensor)
    }

    public mutating func part(_ name: String, _ module: inout some Module) throws {
        path.append(name)
        defer { path.removeLast() }
        try module.visit(&self)
    }

    public mutating func part(_ name: String, _ module: inout (some Module)?) throws {
        guard var present = module else { return }
        try part(name, &present)
        module = present
    }

    /// Parts named by their position: `name.0`, `name.1` and so on.
    public mutating func parts(_ name: String, _ modules: inout [some Module]) throws {
        path.append(name)
        defer { path.removeLast() }
        for index in modules.indices {
            try part("\(index)", &modules[index])
        }
    }
}

/// A tensor of a module with its full name.
public struct NamedTensor: Sendable {
    public let name: String
    public let role: ModuleVisitor.Role
    public let tensor: Tensor

    public init(name: String, role: ModuleVisitor.Role, tensor: Tensor) {
        self.name = name
        self.role = role
        self.tensor = tensor
    }
}
