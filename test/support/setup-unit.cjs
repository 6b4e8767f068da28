// Decorators of DTOs and entities record their types through this library, in specs of plain functions as well.
require('reflect-metadata');
