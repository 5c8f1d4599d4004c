extension Image {
    /// The picture with noise, uniform in 0...255 for each sample, in a part of it.
    ///
    /// - Precondition: the part lies inside the picture.
    public func erased(
        x: Int, y: Int, width partWidth: Int, height partHeight: Int, using generator: inout SeededGenerator
    ) -> Image {
        precondition(
            x >= 0 && y >= 0 && partWidth > 0 && partHeight > 0 && x <= width - partWidth && y <= height - partHeight,
            "the part lies inside the picture")
        var pixels = pixels
        for row in y..<y + partHeight {
            var rest: UInt64 = 0
            for (number, position) in ((row * width + x) * channels..<(row * width + x + partWidth) * channels)
                .enumerated()
            {
                // Eight samples of one draw.
                rest = number.isMultiple(of: 8) ? generator.next() : rest >> 8
                pixels[position] = UInt8(truncatingIfNeeded: rest)
            }
        }
        return Image(width: width, height: height, channels: channels, pixels: pixels)
    }

    /// A part erased whose area, aspect and place are drawn (Zhong et al., “Random erasing data
    /// augmentation”, AAAI 2020, algorithm 1):
    ///
    ///     S ~ U(area) · width · height,  r ~ U(aspect, 1 / aspect),  h = √(S r),  w = √(S / r)
    ///
    /// and a corner uniform over the picture; all are drawn again until the part lies inside.
    ///
    /// - Parameters:
    ///   - area: shares of the picture's area.
    ///   - aspect: the smallest height / width; the largest is its inverse.
    /// - Precondition: `area` lies within 0 and 1, `aspect` is above 0 and not above 1.
    public func randomlyErased(
        area: ClosedRange<Double>, aspect: Double, using generator: inout SeededGenerator
    ) -> Image {
        precondition(area.lowerBound >= 0 && area.upperBound <= 1 && aspect > 0 && aspect <= 1, "shares of a picture")
        // A thin picture, or an area near the whole, may leave hardly any place: then it stays as it is.
        for _ in 0..<100 {
            let size = generator.uniform(in: area) * Double(width * height)
            let ratio = generator.uniform(in: aspect...1 / aspect)
            let partHeight = Int((size * ratio).squareRoot().rounded())
            let partWidth = Int((size / ratio).squareRoot().rounded())
            let x = generator.integer(below: width)
            let y = generator.integer(below: height)
            guard partWidth > 0, partHeight > 0, x + partWidth <= width, y + partHeight <= height else { continue }
            return erased(x: x, y: y, width: partWidth, height: partHeight, using: &generator)
        }
        return self
    }
}
