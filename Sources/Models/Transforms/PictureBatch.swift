import Datasets
import Torch

extension PictureTransform {
    /// Framed pictures as one tensor [N, channels, height, width] on the CPU.
    ///
    /// - Precondition: there is at least one picture.
    public func batch(_ images: [Image]) throws -> Tensor {
        precondition(!images.isEmpty, "a batch holds at least one picture")
        let tensor = try Tensor.empty([images.count] + shape)
        try tensor.withElements(of: Float.self) { numbers in
            for (position, image) in images.enumerated() {
                self.numbers(
                    of: image,
                    into: UnsafeMutableBufferPointer(rebasing: numbers[position * count..<(position + 1) * count]))
            }
        }
        return tensor
    }
}
