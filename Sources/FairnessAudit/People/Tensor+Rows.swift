import Torch

extension Tensor {
    private static let indexSelectOperator = Operator("aten::index_select")

    /// Some rows, in the order given.
    func rows(_ places: [Int]) throws -> Tensor {
        try Tensor.indexSelectOperator(self, 0, Tensor(places.map(Int64.init)))
    }

    /// The Euclidean norm of every row of a float64 matrix.
    func rowNorms() throws -> [Double] {
        let width = size(1)
        return try withElements(of: Double.self) { memory in
            (0..<size(0)).map { row in
                var square = 0.0
                for place in row * width..<(row + 1) * width { square += memory[place] * memory[place] }
                return square.squareRoot()
            }
        }
    }
}
