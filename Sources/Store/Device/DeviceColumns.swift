public import Postgres
public import Shop

extension DeviceKind: Bindable, Readable {}
extension Grade: Bindable, Readable {}
extension DeviceExit: Bindable, Readable {}
extension DiskKind: Bindable, Readable {}
extension ErasureMethod: Bindable, Readable {}
extension ErasureLevel: Bindable, Readable {}
extension HardwareFormat: Bindable, Readable {}
extension FileDoubt: Bindable, Readable {}
extension PictureCaption: Bindable, Readable {}
