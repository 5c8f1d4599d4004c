import Datasets

/// From a decoded picture to the numbers a network takes: the one front end of a model.
///
/// Training, `embed`, `verify` and `evaluate` all go through it, and it is stored with the weights. It
/// works in two parts: ``framed(_:landmarks:)`` gives a picture of the network's own size, which training
/// may vary and keep in memory; ``numbers(of:into:)`` turns its samples into what the network is fed.
public struct PictureTransform: Codable, Sendable, Hashable {
    /// How a picture of another shape comes to the network's.
    public enum Fit: String, Codable, Sendable, CaseIterable {
        /// Width and height are scaled apart: nothing is lost, proportions may change.
        case stretch
        /// The largest middle part of the right proportions: nothing is distorted, edges may be lost.
        case crop
    }

    /// How the picture is placed before it is scaled.
    public enum Alignment: String, Codable, Sendable, CaseIterable {
        /// As it is.
        case none
        /// By five landmarks to the usual template of faces (``FaceTemplate``).
        case landmarks
    }

    /// How samples from 0 to 255 become numbers.
    public enum Normalization: String, Codable, Sendable, CaseIterable {
        /// (v − 127.5) / 127.5, in [−1, 1].
        case fixed
        /// (v − mean) / (standard deviation + 1) of the picture itself, per channel: what is left of
        /// brightness and contrast when the light changes is taken out.
        case picture
    }

    /// 1 for grey, 3 for red, green, blue.
    public var channels: Int
    public var height: Int
    public var width: Int
    public var fit: Fit
    public var alignment: Alignment
    public var normalization: Normalization
    /// Whether each picture's grey values are spread by ``/Datasets/Image/equalized(tiles:clip:)`` first.
    public var equalization: Bool

    /// - Precondition: 1 or 3 channels, a positive height and width.
    public init(
        channels: Int, height: Int, width: Int, fit: Fit = .stretch, alignment: Alignment = .none,
        normalization: Normalization = .fixed, equalization: Bool = false
    ) {
        precondition((channels == 1 || channels == 3) && height > 0 && width > 0, "a picture's shape")
        self.channels = channels
        self.height = height
        self.width = width
        self.fit = fit
        self.alignment = alignment
        self.normalization = normalization
        self.equalization = equalization
    }

    /// [channels, height, width], what the network takes.
    public var shape: [Int] { [channels, height, width] }

    /// How many numbers a picture becomes.
    public var count: Int { channels * height * width }

    /// The picture in the network's size and colours.
    ///
    /// - Throws: ``TransformError`` when landmarks are needed and there are none.
    public func framed(_ image: Image, landmarks: Landmarks? = nil) throws -> Image {
        let coloured = channels == 1 ? image.grey() : image.rgb()
        let placed =
            switch alignment {
            case .none: fitted(coloured)
            case .landmarks: try aligned(coloured, landmarks)
            }
        return equalization ? placed.equalized() : placed
    }

    private func fitted(_ image: Image) -> Image {
        var part = image
        if fit == .crop {
            // The largest w × h with w / h = width / height that lies inside the picture.
            let scale = min(Double(image.width) / Double(width), Double(image.height) / Double(height))
            let partWidth = max(1, min(image.width, Int((scale * Double(width)).rounded())))
            let partHeight = max(1, min(image.height, Int((scale * Double(height)).rounded())))
            part = image.centerCropped(width: partWidth, height: partHeight)
        }
        return part.resized(width: width, height: height)
    }

    private func aligned(_ image: Image, _ landmarks: Landmarks?) throws -> Image {
        guard let landmarks else { throw TransformError.landmarksMissing }
        let target = FaceTemplate.points(width: width, height: height)
        guard let map = AffineMap.similarity(from: landmarks.points, to: target) else {
            throw TransformError.landmarksCoincide
        }
        return image.warped(by: map, width: width, height: height)
    }

    /// Writes the numbers of a framed picture, channel by channel, row by row.
    ///
    /// - Precondition: the picture has the network's size and colours, and `numbers` as many places.
    public func numbers(of image: Image, into numbers: UnsafeMutableBufferPointer<Float>) {
        precondition(
            image.width == width && image.height == height && image.channels == channels && numbers.count == count,
            "a framed picture")
        let plane = width * height
        image.pixels.withUnsafeBufferPointer { pixels in
            for channel in 0..<channels {
                let (offset, factor) = shift(pixels, channel)
                let start = channel * plane
                for position in 0..<plane {
                    numbers[start + position] = (Float(pixels[position * channels + channel]) - offset) * factor
                }
            }
        }
    }

    /// What is subtracted from a channel's samples, and what the difference is multiplied by.
    private func shift(_ pixels: UnsafeBufferPointer<UInt8>, _ channel: Int) -> (Float, Float) {
        guard normalization == .picture else { return (127.5, 1 / 127.5) }
        var sum = 0
        var squares = 0
        for position in stride(from: channel, to: pixels.count, by: channels) {
            let value = Int(pixels[position])
            sum += value
            squares += value * value
        }
        let count = Double(pixels.count / channels)
        let mean = Double(sum) / count
        let variance = max(0, Double(squares) / count - mean * mean)
        return (Float(mean), Float(1 / (variance.squareRoot() + 1)))
    }
}

/// Why a picture cannot be brought into a model's form.
public enum TransformError: Error, Sendable, Equatable, CustomStringConvertible {
    case landmarksMissing
    case landmarksCoincide

    public var description: String {
        switch self {
        case .landmarksMissing:
            "the model aligns faces by five landmarks and this picture has none; list it in a CSV manifest "
                + "with the columns x1,y1,…,x5,y5 (left eye, right eye, nose, left and right mouth corner)"
        case .landmarksCoincide:
            "the five landmarks are one and the same point; give the places of the eyes, the nose and the mouth"
        }
    }
}
