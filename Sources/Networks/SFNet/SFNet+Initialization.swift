// How an SFNet's weights are drawn.
//
// With batch normalisation, convolutions are Kaiming normal by fan out. Without, the halving ones are
// Xavier normal and those of residual blocks N(0, 0.01²): a block then starts close to the identity,
// which keeps the variance through any depth where nothing normalises. The last layer is Xavier normal.
// Biases start at zero.

extension SFNet.Configuration {
    var halvingInitialization: Initialization {
        batchNormalization ? .kaimingNormal(.outgoing) : .xavierNormal
    }

    var residualInitialization: Initialization {
        batchNormalization ? .kaimingNormal(.outgoing) : .normal(deviation: 0.01)
    }
}
