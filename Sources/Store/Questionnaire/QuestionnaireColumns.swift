public import Postgres
public import Shop

extension Moment: Bindable, Readable {}
extension ResponseMeans: Bindable, Readable {}
extension Question.Kind: Bindable, Readable {}
