import Torch

/// Convolutions with rectifiers, some of them normalised; at the end, where the stage says so, the maxima of 2×2 places
/// and dropout.
struct CAMRINetStage: Module {
    struct Layout {
        let channels: Int
        /// Which convolutions are followed by batch normalisation, after the rectifier.
        let normalized: [Bool]
        let isPooled: Bool
    }

    var convolutions: [Convolution2d]
    /// One place for each convolution.
    var normalizations: [BatchNorm?]
    /// After the maxima; `nil` where the map keeps its size.
    let dropout: Dropout?

    init(inputs: Int, _ layout: Layout, dropout: Dropout, generator: Generator) throws {
        convolutions = try layout.normalized.indices.map { index in
            try Convolution2d(
                inputs: index == 0 ? inputs : layout.channels, outputs: layout.channels, size: 3, padding: 1,
                initialization: .xavierUniform, generator: generator)
        }
        normalizations = try layout.normalized.map { isNormalized in
            isNormalized ? try BatchNorm(channels: layout.channels, device: generator.device) : nil
        }
        self.dropout = layout.isPooled ? dropout : nil
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let maps = try zip(convolutions, normalizations).reduce(x) { x, layer in
            let y = try layer.0(x).relu()
            return try layer.1?(y, mode: mode) ?? y
        }
        return try dropout.map { try $0(maps.maxPooled(2), mode: mode) } ?? maps
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        for index in convolutions.indices {
            try visitor.part("conv\(index + 1)", &convolutions[index])
            try visitor.part("bn\(index + 1)", &normalizations[index])
        }
    }
}
